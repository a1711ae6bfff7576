"""The number that workers call: the project's own, or the company's."""

from collections.abc import Iterable

from django.conf import settings

from coordinators.models import SiteContact
from regions.models import Project


def hotline_of(project: Project) -> str:
    """As it stands on the project's boards; "" where there is none at all."""
    own = SiteContact.objects.filter(project=project).values_list("hotline", flat=True).first()
    return own or settings.COMPANY_HOTLINE


def hotlines_of(projects: Iterable[Project]) -> list[str]:
    """The different numbers on the boards of these projects, the company's first."""
    own = (
        SiteContact.objects.filter(project__in=projects).exclude(hotline="").order_by("hotline").values_list("hotline", flat=True)
    )
    return list(dict.fromkeys([number for number in (settings.COMPANY_HOTLINE, *own) if number]))
