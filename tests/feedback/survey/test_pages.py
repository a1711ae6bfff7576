"""Pages of the survey: the list, a round, counting, printing, keying."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.roles import Role
from core.workdays import WorkingDays
from feedback.models import Case, CaseCategory, SurveyResponse, SurveyTeam
from inbox.survey import forms_to_count, rounds_to_run
from tests.factories import SurveyResponseFactory, SurveyRoundFactory, SurveyTeamFactory, uploaded
from tests.feedback.survey.conftest import MONTH, Scene
from tests.house.test_url_matrix import client_for

LIST_QUERIES = 8
ROUND_QUERIES = 10  # three of them ask whether the project has a coordinator of its own


def cost(client: object, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200  # type: ignore[attr-defined]
    return len(queries)


def test_the_list_costs_the_same_however_long(scene: Scene) -> None:
    client = client_for(scene.coordinator)
    costs = [cost(client, "/surveys/")]
    for back in (1, 2):
        SurveyTeamFactory(
            round=SurveyRoundFactory(project=scene.round.project, month=MONTH.plus(-back)), team=scene.in_round.team
        )
    assert [*costs, cost(client, "/surveys/")] == [LIST_QUERIES, LIST_QUERIES]


def test_a_round_costs_the_same_however_many_teams(scene: Scene) -> None:
    client = client_for(scene.people[Role.REGIONAL_COORDINATOR])
    costs = [cost(client, scene.address(""))]
    SurveyTeamFactory.create_batch(2, round=scene.round, team__project=scene.round.project)
    assert [*costs, cost(client, scene.address(""))] == [ROUND_QUERIES, ROUND_QUERIES]


def test_the_analysis_keeps_what_was_typed_when_somebody_was_faster(scene: Scene) -> None:
    client = client_for(scene.coordinator)
    typed = {"version": 0, "on_workers": "工资", "on_our_work": "走访"}
    assert client.post(scene.address("analysis/"), typed).status_code == 302
    response = client.post(scene.address("analysis/"), {**typed, "on_workers": "我的另一段"})
    assert response.status_code == 200
    assert "我的另一段" in response.content.decode()
    assert scene.again().on_workers == "工资"


def test_closing_is_refused_with_the_word_missing_and_done_with_it(scene: Scene) -> None:
    client = client_for(scene.coordinator)
    client.post(scene.address("analysis/"), {"version": 0, "on_workers": "工资", "on_our_work": "走访"})
    refused = client.post(scene.address("close/"), {"word": ""})
    assert refused.status_code == 200
    assert "word" in refused.context["close"].errors
    assert client.post(scene.address("close/"), {"word": "没收齐"}).status_code == 302
    assert scene.again().status == "closed"
    assert client.get(scene.team_address("key")).status_code == 403


def test_the_region_reopens_on_the_page(scene: Scene) -> None:
    client = client_for(scene.people[Role.REGIONAL_COORDINATOR])
    assert b"/reopen/" not in client.get(scene.address("")).content
    scene.round.__class__.objects.update(status="closed", closed_at=timezone.now())
    assert b"/reopen/" in client.get(scene.address("")).content
    client.post(scene.address("reopen/"), {"word": "还有几份"})
    assert scene.again().status == "open"


@pytest.mark.parametrize("role", [Role.PROJECT_CLERK, Role.HEALTH_OFFICER, Role.LABOUR_CENTRE])
def test_what_is_being_written_is_not_everybodys(scene: Scene, role: Role) -> None:
    scene.round.__class__.objects.update(on_workers="只给片区看的话")
    assert "只给片区看的话" not in client_for(scene.people[role]).get(scene.address("")).content.decode()


def test_the_liaison_counts_on_his_page(scene: Scene) -> None:
    client = client_for(scene.people[Role.LIAISON])
    [item] = forms_to_count(scene.people[Role.LIAISON], timezone.now(), WorkingDays())
    assert item.url == scene.team_address("count")
    wrong = client.post(item.url, {"issued": "3", "returned": "5"})
    assert wrong.context["form"].errors.keys() == {"returned"}
    assert client.post(item.url, {"issued": "20", "returned": "15"}).headers["Location"] == "/"
    assert SurveyTeam.objects.values_list("issued", "returned").get() == (20, 15)
    assert list(forms_to_count(scene.people[Role.LIAISON], timezone.now(), WorkingDays())) == []


def test_the_coordinator_owes_his_round_until_it_is_closed(scene: Scene) -> None:
    [item] = rounds_to_run(scene.coordinator, timezone.now(), WorkingDays())
    assert item.url == scene.address("")
    scene.round.__class__.objects.update(status="closed", closed_at=timezone.now())
    assert list(rounds_to_run(scene.coordinator, timezone.now(), WorkingDays())) == []


def test_sheets_are_made_by_a_post_and_printed_with_their_codes(scene: Scene) -> None:
    client = client_for(scene.coordinator)
    assert client.get(scene.team_address("sheets")).headers["Location"] == scene.team_address("print")
    assert client.post(scene.team_address("print"), {"number": "0"}).context["form"].errors.keys() == {"number"}
    assert client.post(scene.team_address("print"), {"number": "3"}).headers["Location"] == scene.team_address("sheets")
    page = client.get(scene.team_address("sheets")).content.decode()
    codes = list(SurveyResponse.objects.values_list("code", flat=True))
    assert len(codes) == 3
    assert all(page.count(f"{code}-{line}") == 2 for code in codes for line in (1, 2, 3))


def typed(scene: Scene, **more: object) -> dict[str, object]:
    values = {f"q{question.pk}": 1 for question in scene.questions if question.kind != "text"}
    return {**values, **more}


def test_a_sheet_is_keyed_without_any_script(scene: Scene) -> None:
    client, sheet = client_for(scene.coordinator), scene.sheet()
    line = scene.questions[10].pk
    words = {f"q{line}-title": "宿舍没有热水", f"q{line}-words": "热水器坏了", f"q{line}-kind": "problem"}
    living = CaseCategory.objects.get(key="living").pk
    response = client.post(
        scene.team_address("key"), typed(scene, code=sheet.code.lower(), **words, **{f"q{line}-category": living})
    )
    assert response.status_code == 302
    assert Case.objects.values_list("title", "item_code").get() == ("宿舍没有热水", f"{sheet.code}-1")
    sheet.refresh_from_db()
    assert sheet.answers.count() == 11
    page = client.get(scene.team_address("key"))
    assert page.context["last"] == sheet
    assert page.context["form"][f"q{line}-category"].value() == living
    client.post(scene.team_address("key", "undo/"))
    assert not Case.objects.exists()


def test_a_line_picked_from_the_list_is_its_own_words(scene: Scene) -> None:
    line = scene.questions[11].pk
    facts = {f"q{line}-title": "夜校改在周末", f"q{line}-category": CaseCategory.objects.get(key="culture").pk}
    client_for(scene.coordinator).post(scene.team_address("key"), typed(scene, **facts))
    assert [(case.kind, case.words) for case in Case.objects.all()] == [("suggestion", "夜校改在周末")]


def test_what_was_typed_stays_when_something_is_wrong(scene: Scene) -> None:
    client, line = client_for(scene.coordinator), scene.questions[10].pk
    facts = {"code": "ZZZZZZ", f"q{line}-words": "这是原话", f"q{scene.questions[0].pk}": 3}
    response = client.post(scene.team_address("key"), facts)
    assert set(response.context["form"].errors) == {f"q{line}-title", f"q{line}-category"}
    assert "这是原话" in response.content.decode()
    again = client.post(scene.team_address("key"), typed(scene, code="ZZZZZZ"))
    assert set(again.context["form"].errors) == {"code"}
    empty = client.post(scene.team_address("key"), {})
    assert set(empty.context["form"].errors) == {"is_blank"}
    assert SurveyResponse.objects.count() == 0
    assert client.post(scene.team_address("key"), {"is_blank": "on"}).status_code == 302


def test_photos_wait_beside_the_form_and_are_shown_to_nobody_else(scene: Scene) -> None:
    client = client_for(scene.coordinator)
    client.post(scene.team_address("key", "photos/"), {"photos": [uploaded(), uploaded()]})
    page = client.get(scene.team_address("key"))
    photographed = page.context["photographed"]
    photo = scene.address(f"photo/{photographed.pk}/")
    assert client.get(photo).headers["Content-Type"] == "image/jpeg"
    for role in (Role.REGIONAL_COORDINATOR, Role.PROJECT_CLERK, Role.LIAISON, Role.LABOUR_CENTRE):
        assert client_for(scene.people[role]).get(photo).status_code == 404
    client.post(scene.team_address("key"), typed(scene, photographed=photographed.pk))
    assert SurveyResponse.objects.keyed().get() == photographed
    assert client.get(scene.team_address("key")).context["photographed"] != photographed


def test_somebody_elses_sheet_is_not_undone(scene: Scene) -> None:
    SurveyResponseFactory(round=scene.round, team=scene.in_round.team, keyed_on=timezone.localdate(), keyed_by=scene.coordinator)
    client = client_for(scene.coordinator)
    assert client.get(scene.team_address("key")).context["last"] is None
    client.post(scene.team_address("key", "undo/"))
    assert SurveyResponse.objects.keyed().count() == 1
