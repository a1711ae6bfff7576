"""Who signs the sheets of a project: the members of its standing leading group who have to."""

from django.db.models import QuerySet

from wages.models import WageGroupMember, WageSheet


def signing(sheet: WageSheet) -> QuerySet[WageGroupMember]:
    standing = WageGroupMember.objects.filter(group__project=sheet.project, group__dissolved_on=None, must_sign=True)
    return standing.order_by("pk")
