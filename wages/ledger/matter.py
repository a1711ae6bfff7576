"""A matter from a finding: what the ledger knows of it stands in the form of the cases, to be looked through and changed."""

from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from accounts.models import User
from feedback.cases.forms import MatterForm, form_for
from feedback.models import Case
from wages.arrears import CATEGORY
from wages.models import WageFinding
from wages.words import figures_of, sentence

Kind = WageFinding.Kind
WAGES = "wages"
TITLE = 80  # characters


def matter_form(finding: WageFinding, user: User, sent: QueryDict | None) -> MatterForm:
    """The form that this person gets, with the finding in it. How it came is not asked."""
    form = form_for(user)(sent, user=user)
    if "origin" in form.fields:
        form.fields["origin"] = forms.CharField(required=False, widget=forms.HiddenInput)
        form.initial["origin"] = Case.Origin.LEDGER
    form.initial.update(_known(finding, form))
    return form


def _known(finding: WageFinding, form: MatterForm) -> dict[str, Any]:
    sheet = finding.sheet
    key = CATEGORY if finding.kind == Kind.NOT_PAID else WAGES
    words = {"what": finding.get_kind_display(), "team": sheet.team.name, "month": sheet.month.label}
    return {
        "category": next((category.pk for category in form.categories.values() if category.key == key), None),
        "title": (_("%(what)s: %(team)s, %(month)s") % words)[:TITLE],
        "place": next((place for place in (f"team-{sheet.team_id}", f"project-{sheet.project_id}") if place in form.places), ""),
        "words": "\n".join((sentence(finding), figures_of(finding))),
        "people_count": 1,
        "amount": _amount(finding),
        "is_found_early": True,
    }


def _amount(finding: WageFinding) -> Decimal | None:
    """By how much the sheet is out, where the finding is about that."""
    if finding.kind != Kind.NET:
        return None
    return abs(Decimal(finding.numbers["right"]) - Decimal(finding.numbers["said"]))
