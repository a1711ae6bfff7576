"""Campaigns: the company's, the regions' and the projects', with what was done in each."""

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from handbook.models import Campaign, CampaignActivity
from handbook.units import policies, workflow
from handbook.units.filters import CampaignFilter
from handbook.units.forms import CampaignForm
from handbook.units.views.writing import POSTING, data_of, filled_in, form_page, kept_or_403, open_to

PAGE_SIZE = 50


@require_safe
@open_to(policies.can_see_campaigns)
def campaigns(request: HttpRequest) -> HttpResponse:
    """With the number of activities held, of those that the person sees."""
    user = request.user
    found = CampaignFilter(request.GET, queryset=Campaign.objects.visible_to(user), request=request)
    page = Paginator(found.qs.for_list(), PAGE_SIZE).get_page(request.GET.get("page"))
    held = CampaignActivity.objects.visible_to(user).of_held().filter(campaign__in=[row.pk for row in page]).order_by()
    done = dict(held.values("campaign").annotate(number=Count("pk", distinct=True)).values_list("campaign", "number"))
    context = {
        "filter": found,
        "page": page,
        "rows": [(row, done.get(row.pk, 0), policies.can_keep(user, row)) for row in page],
        "may_found": policies.can_keep_campaigns(user),
        "today": timezone.localdate(),
    }
    return render(request, "handbook/units/campaigns.html", context)


@require_http_methods(POSTING)
@open_to(policies.can_keep_campaigns)
def campaign_new(request: HttpRequest) -> HttpResponse:
    form = CampaignForm(data_of(request), user=request.user)
    if filled_in(request, form, lambda: workflow.keep(form.save(commit=False), by=request.user), done=_("Written down.")):
        return redirect("campaigns")
    return form_page(request, form, title=_("New campaign"), back=reverse("campaigns"), back_word=_("Campaigns"))


@require_http_methods(POSTING)
@open_to(policies.can_see_campaigns)
def campaign_edit(request: HttpRequest, pk: int) -> HttpResponse:
    campaign = get_object_or_404(Campaign.objects.visible_to(request.user), pk=pk)
    kept_or_403(request, campaign)
    form = CampaignForm(data_of(request), user=request.user, instance=campaign)
    if filled_in(request, form, lambda: workflow.keep(form.save(commit=False), by=request.user), done=_("Amended.")):
        return redirect("campaigns")
    return form_page(request, form, title=_("Amend the campaign"), back=reverse("campaigns"), back_word=_("Campaigns"))
