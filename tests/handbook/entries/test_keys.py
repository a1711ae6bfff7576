"""A key is one entry of one author."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from core.refusals import Refused
from core.roles import Role
from feedback.cases.intake import Place
from handbook.models import EntryKind, HandbookEntry
from handbook.recording import Draft, write
from tests.house.crawl import client_for
from tests.world import found_company

pytestmark = pytest.mark.django_db


def test_the_key_of_somebody_else_is_refused() -> None:
    company: Any = found_company()
    first, second = company.person(Role.REGIONAL_COORDINATOR), company.person(Role.PROJECT_COORDINATOR)
    project = HandbookEntry._meta.get_field("project").related_model.objects.visible_to(second).first()
    draft = Draft(EntryKind.MEETING, timezone.localdate(), Place(project.region, project), "每月联络员例会")
    written = write(draft, by=first)
    assert write(draft, by=first) == written
    with pytest.raises(Refused):
        write(draft, by=second)
    assert HandbookEntry.objects.count() == 1


def test_a_form_begins_at_the_place_that_another_page_names() -> None:
    company: Any = found_company()
    coordinator = company.person(Role.REGIONAL_COORDINATOR)
    team, foreign = company.crew_at("own").team, company.crew_at("foreign").team
    client = client_for(coordinator)
    page = client.get(reverse("entry-new", args=["visit"]), {"place": f"team-{team.pk}"})
    assert page.context["form"]["place"].value() == f"team-{team.pk}"
    page = client.get(reverse("entry-new", args=["visit"]), {"place": f"team-{foreign.pk}"})
    assert page.context["form"]["place"].value() != f"team-{foreign.pk}"
