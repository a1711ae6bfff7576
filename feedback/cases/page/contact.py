"""How whoever spoke can be reached (AN-12): masked, shown to few, and each look written down with its reason."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from core.audit import AuditKind, record
from feedback.cases import standing
from feedback.cases.page.forms import RevealForm
from feedback.cases.page.opening import lies_open
from feedback.cases.page.reading import case_of
from feedback.models import Case, CaseContact, CaseSight

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True, slots=True)
class Masked:
    """A contact as everybody who sees the case may read it: 「石**，154****0001」."""

    name: str
    phone: str


def masked(case: Case) -> Masked | None:
    contact = contact_of(case)
    if contact is None:
        return None
    name = contact.name[:1] + "*" * (len(contact.name) - 1) if contact.name else ""
    return Masked(name, str(contact.phone or ""))


def contact_of(case: Case) -> CaseContact | None:
    return getattr(case, "contact", None)


def can_reveal(user: "User", case: Case) -> bool:
    """The person responsible, for the unit that deals with it, and the unit that supervises it."""
    is_handler = case.handler_id == user.pk and standing.leads(user, case)
    return is_handler or CaseSight.Part.SUPERVISOR in standing.parts_of(user, case)


@require_http_methods(["GET", "HEAD", "POST"])
def contact_page(request: HttpRequest, number: str) -> HttpResponse:
    """Asks what for; then name and number once, on an answer that nothing keeps."""
    case, user = case_of(request, number), cast("User", request.user)
    contact = contact_of(case)
    if contact is None or not lies_open(request, case):
        return redirect("case", number)
    if not can_reveal(user, case):
        raise PermissionDenied
    form = RevealForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, "feedback/cases/case/contact.html", {"case": case, "form": form, "masked": masked(case)})
    name, phone = _revealed(contact, user, form.cleaned_data["reason"])
    return render(request, "feedback/cases/case/revealed.html", {"case": case, "name": name, "phone": phone})


def _revealed(contact: CaseContact, user: "User", reason: str) -> tuple[str, str]:
    """Both in the clear; without its line in the audit trail neither is."""
    with transaction.atomic():
        if contact.name:
            record(AuditKind.REVEAL, by=user, subject=contact.case, what="contact_name", reason=reason)
        phone = contact.phone.reveal(by=user, reason=reason, subject=contact.case) if contact.phone else ""
    return contact.name, phone
