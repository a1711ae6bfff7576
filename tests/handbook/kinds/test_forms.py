"""Every kind: a form that is short, writes its row, comes back as it was written, and offers nothing out of reach."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from core.months import Month
from core.refusals import Refused
from core.roles import Role
from handbook import recording
from handbook.entries.forms import EntryForm
from handbook.kinds.registry import FORMS
from handbook.models import EntryKind, HandbookEntry, TrainingAttendance
from tests.factories import (
    CampaignFactory,
    CareItemFactory,
    ClinicFactory,
    CoordinatorFactory,
    EngagementFactory,
    EthnicFestivalFactory,
    InspectionItemFactory,
    LiaisonFactory,
    MedicalTeamFactory,
    ProjectFactory,
    SafetyGroupFactory,
    person_with,
    uploaded,
)
from tests.handbook.kinds.conftest import Site
from tests.handbook.kinds.writing import amended, form_of, fresh, posted, written, wrong

pytestmark = pytest.mark.django_db

PREFILLED = {"key", "on"}


@pytest.mark.parametrize("kind", EntryKind)
def test_at_most_three_fields_have_to_be_filled_in(kind: str, site: Site) -> None:
    form: EntryForm = FORMS[EntryKind(kind)](user=site.coordinator)
    asked = {name for name, field in form.fields.items() if field.required and field.initial is None} - PREFILLED
    assert len(asked) <= 3, asked
    assert {"place", "title"} <= asked
    assert not asked - {field.name for field in form.shown}


@pytest.mark.parametrize("kind", EntryKind)
def test_an_empty_form_is_refused_and_keeps_what_was_typed(kind: str, site: Site) -> None:
    form = form_of(kind, site.coordinator, posted("", lines=[], title="", summary="写到一半"))
    assert not form.is_valid()
    assert {"place", "title"} <= set(form.errors)
    assert form["summary"].value() == "写到一半"


@pytest.mark.parametrize("kind", EntryKind)
def test_what_is_planned_needs_no_figures_yet(kind: str, site: Site) -> None:
    later = (timezone.localdate() + timedelta(days=2)).isoformat()
    guided = LiaisonFactory(team=site.teams[0])
    known = {"sort": {"training": "safety", "labour_act": "tender"}.get(kind, "other"), "guided": f"liaison-{guided.pk}"}
    known |= {"way": "visit" if kind == "visit" else "guidance", "severity": "general", "occasion": "entry"}
    known |= {"festival": EthnicFestivalFactory().pk, "handed_to": "both"}
    if kind in ("care", "activity"):
        known["sort"] = "coolness" if kind == "care" else "culture"
    data = posted(site.at_team, lines=[], is_planned="on", **(known | {"on": later}))
    entry = written(kind, site.coordinator, data)
    assert entry.is_planned
    assert HandbookEntry.objects.held().count() == 0


def test_a_training_remembers_who_came_in_a_post(site: Site) -> None:
    liaison = LiaisonFactory(team=site.teams[0])
    data = posted(site.at, sort="posts", hours="2.5", trainer="周铁生", posts=[liaison.person_id], headcount=8)
    entry = written("training", site.coordinator, data)
    assert (entry.training.kind, entry.training.hours, entry.headcount) == ("posts", Decimal("2.5"), 8)
    assert [row.person for row in entry.training.attendances.all()] == [liaison.person]
    TrainingAttendance.objects.filter(person=liaison.person).update(has_passed=True)
    entry = amended(entry, site.coordinator, data | {"hours": "3"})
    assert [row.has_passed for row in entry.training.attendances.all()] == [True]
    amended(entry, site.coordinator, data | {"posts": []})
    assert not TrainingAttendance.objects.exists()


@pytest.mark.parametrize(("hours", "is_fine"), [("-1", False), ("0", False), ("0.4", False), ("0.5", True), ("201", False)])
def test_hours_are_hours(hours: str, is_fine: bool, site: Site) -> None:
    assert form_of("training", site.coordinator, posted(site.at, sort="safety", hours=hours)).is_valid() is is_fine


def test_a_training_of_tomorrow_was_not_held(site: Site) -> None:
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    form = form_of("training", site.coordinator, posted(site.at, sort="safety", on=tomorrow))
    assert form.is_valid()
    with pytest.raises(Refused) as refusal:
        recording.write(form.draft(), by=fresh(site.coordinator))
    assert set(refusal.value.fields) == {"on"}
    assert not HandbookEntry.objects.exists()


def test_whoever_was_there_was_there_in_a_post_within_reach(site: Site) -> None:
    foreign = LiaisonFactory()
    assert wrong("meeting", site.coordinator, posted(site.at, sort="liaisons", posts=[foreign.person_id])) == {"posts"}
    own = LiaisonFactory(team=site.teams[1])
    entry = written("meeting", site.coordinator, posted(site.at, sort="liaisons", posts=[own.person_id], decided="每周三收意见"))
    assert (list(entry.meeting.people.all()), entry.meeting.decided) == ([own.person], "每周三收意见")


def test_fewer_heads_than_people_in_posts_are_refused(site: Site) -> None:
    people = [LiaisonFactory(team=team).person_id for team in site.teams]
    form = form_of("meeting", site.coordinator, posted(site.at, sort="liaisons", posts=people, headcount=1))
    assert form.is_valid()
    with pytest.raises(Refused) as refusal:
        recording.write(form.draft(), by=fresh(site.coordinator))
    assert set(refusal.value.fields) == {"headcount"}
    assert not HandbookEntry.objects.exists()


def test_an_activity_keeps_how_many_were_on_site_that_day(site: Site) -> None:
    data = posted(site.at, sort="culture", headcount=3)
    entry = written("activity", site.coordinator, data)
    assert entry.activity.on_site == 4
    EngagementFactory(team=site.teams[0])
    entry = amended(entry, site.coordinator, data | {"headcount": 4})
    assert entry.activity.on_site == 4  # what was reported stays
    entry = amended(entry, site.coordinator, data | {"place": site.at_team})
    assert entry.activity.on_site == 4  # three and the new one: the team of that day
    assert written("activity", site.coordinator, posted(f"region-{site.project.region_id}", sort="culture")).activity.on_site == 5


def test_a_campaign_runs_somewhere_and_for_a_time(site: Site) -> None:
    elsewhere = CampaignFactory(project=ProjectFactory(region=site.project.region))
    over = CampaignFactory(region=site.project.region, ends_on=timezone.localdate() - timedelta(days=1))
    running = CampaignFactory(region=site.project.region)
    for campaign in (elsewhere, over, CampaignFactory(region=ProjectFactory().region)):
        assert wrong("activity", site.coordinator, posted(site.at, sort="culture", campaign=campaign.pk)) == {"campaign"}
    entry = written("activity", site.coordinator, posted(site.at, sort="culture", campaign=running.pk))
    assert entry.activity.campaign == running


def test_a_danger_is_found_by_a_group_of_that_project(site: Site) -> None:
    group, other = SafetyGroupFactory(project=site.project), SafetyGroupFactory(project__region=site.project.region)
    assert wrong("hazard", site.coordinator, posted(site.at, severity="serious", group=other.pk)) == {"group"}
    assert wrong("hazard", site.coordinator, posted(site.at, severity="serious", group=SafetyGroupFactory().pk)) == {"group"}
    entry = written("hazard", site.coordinator, posted(site.at, severity="serious", group=group.pk, is_removed="on"))
    assert (entry.hazard.group, entry.hazard.severity, entry.hazard.is_removed) == (group, "serious", True)


@pytest.mark.parametrize(
    ("checked", "advised", "blamed"), [(30, 31, "advised_to_return"), ("", "", "headcount"), (0, 0, "headcount")]
)
def test_no_more_are_sent_home_than_were_checked(checked: Any, advised: Any, blamed: str, site: Site) -> None:
    data = posted(site.at, occasion="on_post", headcount=checked, advised_to_return=advised)
    assert wrong("health_check", site.coordinator, data) == {blamed}


def test_a_batch_of_health_checks(site: Site) -> None:
    entry = written("health_check", site.coordinator, posted(site.at, occasion="entry", headcount=30, advised_to_return=4))
    assert (entry.headcount, entry.health_checks.advised_to_return, entry.health_checks.occasion) == (30, 4, "entry")


def test_counselling_is_a_number_whatever_is_sent(site: Site) -> None:
    data = posted(site.at, headcount=5, summary="老王说家里出了事", spot="三号宿舍")
    entry = written("counselling", site.coordinator, data)
    assert (entry.headcount, entry.summary, entry.place) == (5, "", "")
    assert wrong("counselling", site.coordinator, posted(site.at)) == {"headcount"}


def test_a_clinic_spends_line_by_line(site: Site) -> None:
    clinic = ClinicFactory(project=site.project)
    lines = [{"what": "氧气瓶", "amount": "860"}, {}, {"what": "消毒水", "amount": "40.5", "voucher_no": "F-7"}]
    data = posted(site.at, lines=lines, clinic=clinic.pk, headcount=12)
    entry = written("medical", site.coordinator, data)
    said = [(row.what, row.amount, row.voucher_no) for row in entry.medical.spending.order_by("pk")]
    assert said == [("氧气瓶", Decimal("860.00"), ""), ("消毒水", Decimal("40.50"), "F-7")]
    entry = amended(entry, site.coordinator, data | {"lines-0-what": "", "lines-0-amount": ""})
    assert [row.what for row in entry.medical.spending.all()] == ["消毒水"]


@pytest.mark.parametrize("line", [{"what": "药", "amount": "-3"}, {"what": "药", "amount": "0"}, {"what": "药"}, {"amount": "3"}])
def test_spending_is_for_something_and_more_than_nothing(line: dict[str, str], site: Site) -> None:
    assert wrong("medical", site.coordinator, posted(site.at, lines=[line])) == {"__all__"}


def test_clinics_and_medical_teams_lie_where_they_lie(site: Site) -> None:
    own, foreign = ClinicFactory(project=site.project), ClinicFactory()
    sibling, team = ClinicFactory(project__region=site.project.region), MedicalTeamFactory(region=site.project.region)
    for clinic in (foreign, sibling):
        assert wrong("medical", site.coordinator, posted(site.at, lines=[], clinic=clinic.pk)) == {"clinic"}
    both = posted(site.at, lines=[], clinic=own.pk, medical_team=team.pk)
    assert wrong("medical", site.coordinator, both) == {"medical_team"}
    assert wrong("medical", site.coordinator, posted(site.at, lines=[], medical_team=MedicalTeamFactory().pk)) == {"medical_team"}
    officer = person_with(Role.HEALTH_OFFICER, project=site.project)
    assert written("medical", officer, posted(site.at, lines=[], medical_team=team.pk)).medical.medical_team == team


def test_an_inspection_counts_and_keeps_the_words_of_that_day(site: Site) -> None:
    good, bad, unseen = InspectionItemFactory.create_batch(3)
    data = posted(site.at_team, **{f"verdict__{good.pk}": "yes", f"verdict__{bad.pk}": "no", f"note__{bad.pk}": "洞口没盖板"})
    entry = written("inspection", site.coordinator, data)
    assert (entry.inspection.found_in_order, entry.inspection.found_wanting) == (1, 1)
    assert {(row.item, row.is_in_order, row.note) for row in entry.inspection.findings.all()} == {
        (good, True, ""),
        (bad, False, "洞口没盖板"),
    }
    words = good.text
    type(good).objects.filter(pk=good.pk).update(text="改了的内容", is_active=False)
    changed = data | {f"verdict-{unseen.pk}": "yes", f"verdict-{bad.pk}": ""}
    entry = amended(entry, site.coordinator, changed)
    assert {(row.item_id, row.text) for row in entry.inspection.findings.all()} == {(good.pk, words), (unseen.pk, unseen.text)}
    assert (entry.inspection.found_in_order, entry.inspection.found_wanting) == (2, 0)


def test_an_inspection_is_of_a_team_and_says_what_it_found(site: Site) -> None:
    item = InspectionItemFactory()
    assert wrong("inspection", site.coordinator, posted(site.at, **{f"verdict__{item.pk}": "yes"})) == {"place"}
    assert wrong("inspection", site.coordinator, posted(site.at_team)) == {"__all__"}
    assert wrong("inspection", site.coordinator, posted(site.at_team, **{f"verdict__{item.pk}": "no"})) == {f"note-{item.pk}"}


def test_guidance_is_of_a_post_that_is_there(site: Site) -> None:
    here, liaison = CoordinatorFactory(project=site.project), LiaisonFactory(team=site.teams[0])
    sibling = CoordinatorFactory(project=ProjectFactory(region=site.project.region))
    foreign = LiaisonFactory()
    for post in (f"coordinator-{sibling.pk}", f"liaison-{foreign.pk}", ""):
        assert wrong("guidance", site.coordinator, posted(site.at, way="check", guided=post)) == {"guided"}
    entry = written("guidance", site.coordinator, posted(site.at, way="check", guided=f"coordinator-{here.pk}"))
    assert (entry.guidance.guided_coordinator, entry.guidance.guided_liaison) == (here, None)
    data = posted(site.at_team, way="check", guided=f"liaison-{liaison.pk}")
    assert written("guidance", site.coordinator, data).guidance.guided_liaison == liaison
    offered = dict(form_of("guidance", here.person, posted(site.at)).fields["guided"].choices)
    assert f"coordinator-{here.pk}" not in offered  # nobody checks himself


def test_a_labour_act_is_the_regional_coordinators_alone(site: Site) -> None:
    for role in set(Role) - {Role.REGIONAL_COORDINATOR}:
        assert FORMS[EntryKind.LABOUR_ACT](user=person_with(role)).places == {}
    data = posted(f"region-{site.project.region_id}", sort="measurement", amount="1250000", period="2026-01")
    entry = written("labour_act", site.coordinator, data, document=uploaded(name="验工单.jpg"))
    assert (entry.labour_act.amount, entry.labour_act.period) == (Decimal("1250000.00"), Month(2026, 1))
    assert entry.labour_act.document.name == "验工单.jpg"
    entry = amended(entry, site.coordinator, data)
    assert entry.labour_act.document is not None


@pytest.mark.parametrize(
    ("name", "value"), [("amount", "-1"), ("amount", "0"), ("period", "2199-01"), ("period", "2026年1月"), ("sort", "")]
)
def test_amounts_and_months_of_labour_acts(name: str, value: str, site: Site) -> None:
    data = posted(f"region-{site.project.region_id}", sort="measurement") | {name: value}
    assert wrong("labour_act", site.coordinator, data) == {name}


def test_what_is_no_document_is_refused_at_its_field(site: Site) -> None:
    data = posted(f"region-{site.project.region_id}", sort="tender")
    form = form_of("labour_act", site.coordinator, data, document=uploaded(b"MZ", "tender.exe"))
    assert form.is_valid()
    with pytest.raises(Refused) as refusal:
        recording.write(form.draft(), by=fresh(site.coordinator))
    assert set(refusal.value.fields) == {"document"}
    assert not HandbookEntry.objects.exists()


def test_another_one_like_the_last_takes_over_neither_people_nor_findings(site: Site) -> None:
    item, goods = InspectionItemFactory(), CareItemFactory()
    inspection = written("inspection", site.coordinator, posted(site.at_team, **{f"verdict__{item.pk}": "yes"}))
    like = FORMS[EntryKind.INSPECTION](user=fresh(site.coordinator), like=inspection)
    assert like[f"verdict-{item.pk}"].value() in (None, "")
    assert like["place"].value() == site.at_team
    care = written("care", site.coordinator, posted(site.at_team, lines=[{"item": goods.pk, "quantity": 20}]))
    copied = FORMS[EntryKind.CARE](user=fresh(site.coordinator), like=care)
    assert [line["item"].value() for line in copied.lines][:2] == [goods.pk, None]
