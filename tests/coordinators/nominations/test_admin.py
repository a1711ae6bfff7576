"""Nominations and coordinators in the admin site: one holder a region by form and by sheet too; the treatment level for few."""

import io
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from coordinators.models import Coordinator
from core.roles import COMPANY_WIDE, HEADQUARTERS, Role
from regions.models import Region
from tests.factories import CoordinatorFactory, NominationFactory, ProjectFactory, UserFactory, person_with
from tests.house.crawling import full_numbers
from tests.house.test_url_matrix import client_for

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
SEERS = {Role.PARTY_PERSONNEL, Role.PARTY_ORGANISATION, Role.LEADER}
NOMINATIONS, COORDINATORS = "/admin/coordinators/nomination/", "/admin/coordinators/coordinator/"
LEVEL = "department_head"


def words() -> str:
    return str(Coordinator(treatment_level=LEVEL).get_treatment_level_display())


def cells_of(response: Any) -> list[list[Any]]:
    sheet = load_workbook(io.BytesIO(response.content)).active
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


@pytest.fixture
def centre(db: None) -> Client:
    return client_for(person_with(Role.LABOUR_CENTRE))


@pytest.fixture
def personnel(db: None) -> Client:
    return client_for(person_with(Role.PARTY_PERSONNEL))


@pytest.mark.parametrize("role", sorted(COMPANY_WIDE))
def test_the_treatment_level_is_shown_to_few_everywhere(role: Role) -> None:
    nomination = NominationFactory(full_time=True, decided=True, treatment_level=LEVEL)
    post = nomination.coordinator
    Coordinator.objects.filter(pk=post.pk).update(treatment_level=LEVEL)
    client = client_for(person_with(role))
    pages = (f"{NOMINATIONS}{nomination.pk}/change/", f"{COORDINATORS}{post.pk}/change/")
    answers = {page: client.get(page).content.decode() for page in pages}
    assert {page: words() in text for page, text in answers.items()} == dict.fromkeys(pages, role in SEERS)
    if role not in SEERS:
        assert all("treatment_level" not in text for text in answers.values())
    for page in (NOMINATIONS, COORDINATORS):
        assert words() not in client.get(page).content.decode()
    if role in HEADQUARTERS:
        for page in (NOMINATIONS, COORDINATORS):
            rows = cells_of(client.post(f"{page}export/", {"format": "xlsx"}))
            assert any(words() in row for row in rows) is (role in SEERS)
            assert len(set(map(len, rows))) == 1


def test_the_department_that_appoints_sets_the_treatment_and_another_does_not() -> None:
    post = CoordinatorFactory(full_time=True, treatment_level=LEVEL)
    data = {
        "person": post.person_id, "kind": "full_time", "region": post.region_id, "from_on": f"{post.from_on}",
        "is_labour_manager": "on", "treatment_level": "deputy_leader",
    }  # fmt: skip
    for role, level in ((Role.PARTY_ORGANISATION, LEVEL), (Role.LABOUR_CENTRE, LEVEL), (Role.PARTY_PERSONNEL, "deputy_leader")):
        answer = client_for(person_with(role)).post(f"{COORDINATORS}{post.pk}/change/", data)
        post.refresh_from_db()
        assert (answer.status_code, post.treatment_level) == (302, level), role


def test_a_part_time_post_has_no_treatment_level() -> None:
    post = CoordinatorFactory(part_time=True)
    data = {
        "person": post.person_id, "kind": "part_time", "project": post.project_id, "from_on": f"{post.from_on}",
        "treatment_level": LEVEL,
    }  # fmt: skip
    answer = client_for(person_with(Role.PARTY_PERSONNEL)).post(f"{COORDINATORS}{post.pk}/change/", data)
    assert set(answer.context["adminform"].form.errors) == {"treatment_level"}


# ── One full-time coordinator a region ───────────────────────────────────────────────────────────────────────────


def form_for(region: Region, **fields: Any) -> dict[str, Any]:
    whole = {
        "person": UserFactory().pk,
        "kind": "full_time",
        "region": region.pk,
        "from_on": f"{TODAY}",
        "is_labour_manager": "on",
    }
    return whole | fields


@pytest.mark.parametrize("last", [None, TODAY + timedelta(days=30)])
def test_the_form_names_the_holder(last: Any, region: Region, personnel: Client) -> None:
    holder = CoordinatorFactory(region=region, to_on=last).person
    answer = personnel.post(f"{COORDINATORS}add/", form_for(region))
    errors = answer.context["adminform"].form.errors
    assert set(errors) == {"region"}
    assert [holder.name in text for text in errors["region"]] == [True]
    assert Coordinator.objects.count() == 1


def test_the_form_takes_successors_acting_ones_and_the_post_itself(region: Region, personnel: Client) -> None:
    post = CoordinatorFactory(region=region)
    assert personnel.post(f"{COORDINATORS}add/", form_for(region, is_acting="on")).status_code == 302
    itself = form_for(region, person=post.person_id, from_on=f"{post.from_on}", to_on=f"{TODAY}", end_reason="到龄")
    assert personnel.post(f"{COORDINATORS}{post.pk}/change/", itself).status_code == 302
    assert personnel.post(f"{COORDINATORS}add/", form_for(region, from_on=f"{TODAY + timedelta(days=1)}")).status_code == 302
    post.refresh_from_db()
    assert (post.end_reason, Coordinator.objects.count()) == ("到龄", 3)


@pytest.mark.parametrize("role", sorted(HEADQUARTERS))
def test_only_the_department_that_appoints_changes_the_dates_of_a_full_time_post(role: Role, region: Region) -> None:
    post = CoordinatorFactory(region=region, from_on=TODAY - timedelta(days=90))
    data = form_for(region, person=post.person_id, from_on=f"{TODAY}", to_on=f"{TODAY}", end_reason="到龄", main_job="x")
    answer = client_for(person_with(role)).post(f"{COORDINATORS}{post.pk}/change/", data)
    before = post.from_on, None, ""
    post.refresh_from_db()
    assert (answer.status_code, post.main_job) == (302, "x")
    assert (post.from_on, post.to_on, post.end_reason) == ((TODAY, TODAY, "到龄") if role == Role.PARTY_PERSONNEL else before)


@pytest.mark.parametrize("role", sorted(HEADQUARTERS))
def test_a_full_time_post_does_not_become_another_kind_to_have_its_dates_changed(role: Role, region: Region) -> None:
    post, project = CoordinatorFactory(region=region), ProjectFactory(region=region)
    other = {"person": post.person_id, "kind": "part_time", "region": "", "project": project.pk, "is_labour_manager": ""}
    data = form_for(region) | other
    client_for(person_with(role)).post(f"{COORDINATORS}{post.pk}/change/", data)
    post.refresh_from_db()
    assert post.kind == ("part_time" if role == Role.PARTY_PERSONNEL else "full_time")


@pytest.mark.parametrize("role", sorted(HEADQUARTERS))
def test_every_department_changes_the_dates_of_a_part_time_post(role: Role) -> None:
    post = CoordinatorFactory(part_time=True)
    data = {"person": post.person_id, "kind": "part_time", "project": post.project_id, "from_on": f"{post.from_on}"}
    answer = client_for(person_with(role)).post(f"{COORDINATORS}{post.pk}/change/", data | {"to_on": f"{TODAY}"})
    post.refresh_from_db()
    assert (answer.status_code, post.to_on) == (302, TODAY)


@pytest.mark.parametrize("role", sorted(HEADQUARTERS))
def test_a_sheet_changes_the_dates_of_a_full_time_post_as_little_as_the_form(role: Role, region: Region) -> None:
    post = CoordinatorFactory(region=region, to_on=TODAY)
    row = [post.person.username, "full_time", region.code, "", post.from_on, TODAY + timedelta(days=30)]
    outcome = upload(client_for(person_with(role)), row).context["outcome"]
    assert [problem.column for problem in outcome.problems] == ([] if role == Role.PARTY_PERSONNEL else ["聘期至"])


@pytest.mark.parametrize("role", sorted(HEADQUARTERS))
def test_only_the_department_that_appoints_begins_a_full_time_post(role: Role, region: Region) -> None:
    browser, may = client_for(person_with(role)), role == Role.PARTY_PERSONNEL
    row = [UserFactory().username, "full_time", region.code, "", TODAY, None]
    assert [problem.column for problem in upload(browser, row).context["outcome"].problems] == ([] if may else ["类型"])
    assert browser.post(f"{COORDINATORS}add/", form_for(region)).status_code == (302 if may else 200)
    assert Coordinator.objects.count() == may


def upload(client: Client, *rows: list[Any]) -> Any:
    book, stream = Workbook(), io.BytesIO()
    for row in (["user name", "kind", "region code", "project code", "from", "to (last day)"], *rows):
        book.active.append(row)
    book.save(stream)
    return client.post(f"{COORDINATORS}import/", {"file": SimpleUploadedFile("表.xlsx", stream.getvalue())})


def test_a_sheet_names_the_holder_and_sees_its_own_rows(region: Region, personnel: Client) -> None:
    last = TODAY + timedelta(days=30)
    holder = CoordinatorFactory(region=region, to_on=last).person
    late, later = last + timedelta(days=1), last + timedelta(days=60)
    rows = [[UserFactory().username, "full_time", region.code, "", day, None] for day in (TODAY, late, later)]
    problems = upload(personnel, *rows).context["outcome"].problems
    assert [problem.row for problem in problems] == [2, 4]
    assert holder.name in problems[0].message
    fine = upload(personnel, rows[1]).context["outcome"]
    assert (fine.problems, fine.count("new")) == ([], 1)


# ── Nominations ──────────────────────────────────────────────────────────────────────────────────────────────────


def found(client: Client, query: str) -> set[str]:
    return {nomination.name for nomination in client.get(f"{NOMINATIONS}?{query}").context["cl"].result_list}


@pytest.mark.parametrize(
    "query", ["q=单", "q=shan+ya", "q=syq", "post_kind__exact=full_time", "status__exact=checked", "region=NW"]
)
def test_nominations_are_searched_and_filtered(query: str, region: Region, centre: Client) -> None:
    NominationFactory(full_time=True, region=region, checked=True, name="单雅琴")
    NominationFactory(name="周明山")
    assert found(centre, query) == {"单雅琴"}


def test_a_region_filter_finds_whatever_the_unit(region: Region, centre: Client) -> None:
    NominationFactory(full_time=True, region=region, name="甲")
    NominationFactory(project__region=region, name="乙")
    NominationFactory(liaison_of=True, team__project__region=region, name="丙")
    NominationFactory(name="丁")
    assert found(centre, f"region={region.code}") == {"甲", "乙", "丙"}


def test_a_nomination_is_looked_at_and_not_changed(centre: Client) -> None:
    nomination = NominationFactory(decided=True)
    page = centre.get(f"{NOMINATIONS}{nomination.pk}/change/")
    text = page.content.decode()
    assert f'href="/nominations/{nomination.pk}/"' in text
    assert full_numbers(text) == []
    inlines = {each.opts.model.__name__: len(each.formset.forms) for each in page.context["inline_admin_formsets"]}
    assert inlines == {"NominationApproval": 2, "NominationEvent": 4}
    centre.post(f"{NOMINATIONS}{nomination.pk}/change/", {"name": "别人"})
    nomination.refresh_from_db()
    assert nomination.name != "别人"
    assert centre.get(f"{NOMINATIONS}add/").status_code == 403
