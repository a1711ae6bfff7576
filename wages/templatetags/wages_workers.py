"""Ways from the ledger to what workers get of it: "" for whoever may not go there."""

from typing import Any

from django import template
from django.template import Context
from django.urls import reverse

from regions.models import Project
from wages.models import WageSheet
from wages.workers import policies

register = template.Library()


@register.simple_tag(takes_context=True)
def slips_address(context: Context, sheet: WageSheet) -> str:
    user: Any = context["request"].user
    is_checked = sheet.status != WageSheet.Status.RECEIVED
    return reverse("pay-slips", args=[sheet.pk]) if is_checked and policies.can_print_slips(user, sheet) else ""


@register.simple_tag(takes_context=True)
def pack_address(context: Context, project: Project) -> str:
    """Whoever reads the lines (the caller's business)."""
    return reverse("wage-pack", args=[project.code]) if policies.can_pack(context["request"].user, project) else ""
