"""The case that an address names, within reach, with what its rules and its page ask of it."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from feedback.models import Case, CaseFile

JOINS = (
    "category", "region", "project__region", "team", "crew", "handler", "replied_by", "settled_by", "settled_photo", "lead",
    "contact",
)  # fmt: skip
# What the policies go through, fetched once.
RELATED = (
    "sights__region",
    "sights__project",
    "sights__department",
    "accused__department",
    "accused__person",
    "accused__team",
    "extensions__asked_by",
    "promises__photo",
    "revisits__asked",
    "revisits__done_by",
)


def case_of(request: HttpRequest, number: str) -> Case:
    """Raises Http404, the same for a case beyond reach and for one that is not there: found first, then fetched with the rest."""
    found = get_object_or_404(Case.objects.visible_to(request.user).only("pk"), number=number)
    return get_object_or_404(Case.objects.select_related(*JOINS).prefetch_related(*RELATED), pk=found.pk)


def files_of(case: Case) -> list[CaseFile]:
    """What the worker sent, without its content, in the order by which addresses count it from 1.

    Keys are drawn from numbers as long as a bank card's: in an address they would pass for one.
    """
    return list(case.files.defer("content").order_by("kind", "pk"))


def file_of(case: Case, place: int) -> CaseFile:
    """Raises Http404."""
    files = files_of(case)
    if not 0 < place <= len(files):
        raise Http404
    return files[place - 1]
