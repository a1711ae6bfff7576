"""From paper into the system: values, words that become cases, codes, photos, and the last sheet back again."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from core.models import AuditEvent
from core.refusals import Refused
from core.roles import Role
from feedback.models import Case, CaseAccused, CaseCategory, SurveyAnswer, SurveyResponse
from feedback.survey import issuing, keying
from feedback.survey.common import common_titles
from feedback.survey.keying import Keyed, Line
from tests.factories import CaseFactory, PhotoFactory, SurveyResponseFactory, SurveyTeamFactory, uploaded
from tests.feedback.survey.conftest import Scene

WORDS = "宿舍热水器坏了一个礼拜"


def line(scene: Scene, place: int = 1, **facts: object) -> Line:
    """Of the open questions, counted from 1; a problem with the hot water unless said otherwise."""
    question = [each for each in scene.questions if each.kind == "text"][place - 1]
    said = {"words": WORDS, "kind": "problem", "title": "宿舍没有热水", "category": CaseCategory.objects.get(key="living")}
    return Line(question=question, line=place, **{**said, **facts})  # type: ignore[arg-type]


def key(scene: Scene, *lines: Line, code: str = "", values: dict[int, int] | None = None, **more: object) -> keying.Kept:
    typed = Keyed(values=values or {scene.questions[0].pk: 1}, lines=lines, code=code, **more)  # type: ignore[arg-type]
    return keying.key_sheet(scene.round, scene.in_round.team, by=scene.coordinator, keyed=typed)


def test_a_sheet_is_kept_with_its_answers(scene: Scene) -> None:
    sheet = scene.sheet()
    values = {scene.questions[0].pk: 1, scene.questions[1].pk: 3, scene.questions[7].pk: 0}
    kept = key(scene, code=sheet.code, values=values)
    assert kept.sheet == sheet
    assert (kept.sheet.keyed_on, kept.sheet.keyed_by) == (timezone.localdate(), scene.coordinator)
    assert dict(kept.sheet.answers.values_list("question", "value")) == values
    assert kept.cases == ()


def test_each_line_that_says_something_becomes_a_case_under_its_item_code(scene: Scene) -> None:
    sheet = scene.sheet()
    suggestion = line(scene, 2, kind="suggestion", words="夜校改在周末", title="夜校改在周末")
    training = line(scene, 3, kind="", words="电焊", title="", category=None)
    kept = key(scene, line(scene), suggestion, training, code=sheet.code)
    facts = [(case.item_code, case.kind, case.title, case.words, case.origin) for case in kept.cases]
    assert facts == [
        (f"{sheet.code}-1", "problem", "宿舍没有热水", WORDS, "survey"),
        (f"{sheet.code}-2", "suggestion", "夜校改在周末", "夜校改在周末", "survey"),
    ]
    assert {(case.project, case.team) for case in kept.cases} == {(scene.round.project, scene.in_round.team)}
    assert sorted(kept.sheet.answers.filter(value=None).values_list("question__number", flat=True)) == [11, 12, 13]


def test_what_was_written_is_encrypted(scene: Scene) -> None:
    kept = key(scene, line(scene))
    with connection.cursor() as cursor:
        for table in ("feedback_surveyanswer", "feedback_case"):
            cursor.execute(f"SELECT words FROM {table}")
            assert all(WORDS not in str(row[0]) for row in cursor.fetchall())
    assert kept.sheet.answers.get(value=None).words == WORDS


def test_a_case_that_names_the_project_is_not_seen_by_it(scene: Scene) -> None:
    [case] = key(scene, line(scene, names=CaseAccused.Who.PROJECT)).cases
    assert not Case.objects.visible_to(scene.coordinator).filter(pk=case.pk).exists()
    assert Case.objects.visible_to(scene.people[Role.REGIONAL_COORDINATOR]).filter(pk=case.pk).exists()


def test_a_case_that_names_the_boss_names_his_team(scene: Scene) -> None:
    [case] = key(scene, line(scene, names=CaseAccused.Who.TEAM_BOSS)).cases
    assert case.accused.get().team == scene.in_round.team


def test_a_form_that_was_not_ours_gets_a_code(scene: Scene) -> None:
    kept = key(scene)
    assert kept.sheet.printed_on is None
    assert len(kept.sheet.code) == 6


def test_a_code_is_keyed_once(scene: Scene) -> None:
    sheet = scene.sheet()
    key(scene, code=sheet.code)
    with pytest.raises(Refused) as refusal:
        key(scene, code=sheet.code)
    assert set(refusal.value.fields) == {"code"}
    assert sheet.code in refusal.value.message
    assert SurveyAnswer.objects.filter(response=sheet).count() == 1


def test_a_code_of_another_team_or_of_nobody_sounds_the_same(scene: Scene) -> None:
    other = SurveyTeamFactory(round=scene.round, team=scene.company.crews[2].team)
    theirs = SurveyResponseFactory(round=scene.round, team=other.team)
    said = set()
    for code in (theirs.code, "ZZZZZZ"):
        with pytest.raises(Refused) as refusal:
            key(scene, code=code)
        said.add(refusal.value.message.replace(code, ""))
    assert len(said) == 1
    assert SurveyAnswer.objects.count() == 0


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.PROJECT_COORDINATOR}))
def test_nobody_else_keys(scene: Scene, role: str) -> None:
    with pytest.raises(Refused):
        keying.key_sheet(scene.round, scene.in_round.team, by=scene.people[role], keyed=Keyed({scene.questions[0].pk: 1}))
    assert SurveyResponse.objects.count() == 0


def test_photos_become_sheets_to_key_and_go_over_to_the_printed_sheet(scene: Scene) -> None:
    added = issuing.add_photos(scene.round, scene.in_round.team, by=scene.coordinator, photos=[uploaded(), uploaded()])
    assert added == 2
    first, second = SurveyResponse.objects.waiting_with_photo()
    printed = scene.sheet()
    kept = key(scene, code=printed.code, photographed=first)
    assert (kept.sheet.pk, kept.sheet.photo_id) == (printed.pk, first.photo_id)
    assert not SurveyResponse.objects.filter(pk=first.pk).exists()
    assert key(scene, photographed=second).sheet == second


def test_one_bad_photo_and_none_is_kept(scene: Scene) -> None:
    with pytest.raises(Refused):
        issuing.add_photos(scene.round, scene.in_round.team, by=scene.coordinator, photos=[uploaded(), uploaded(b"no photo")])
    assert SurveyResponse.objects.count() == 0


def test_the_last_sheet_is_taken_back_with_the_cases_it_began(scene: Scene) -> None:
    sheet = scene.sheet()
    kept = key(scene, line(scene), code=sheet.code)
    assert keying.take_back(kept.sheet, by=scene.coordinator) == sheet.code
    sheet.refresh_from_db()
    assert (sheet.keyed_on, sheet.keyed_by, sheet.answers.count()) == (None, None, 0)
    assert not Case.objects.exists()
    event = AuditEvent.objects.get(kind="delete")
    assert event.details["cases"] == [case.number for case in kept.cases]
    assert WORDS not in str(event.details)
    assert key(scene, line(scene), code=sheet.code).cases[0].item_code == f"{sheet.code}-1"


def test_a_sheet_without_a_code_leaves_nothing_behind(scene: Scene) -> None:
    keying.take_back(key(scene).sheet, by=scene.coordinator)
    assert not SurveyResponse.objects.exists()


def test_a_sheet_whose_case_is_being_dealt_with_stays(scene: Scene) -> None:
    kept = key(scene, line(scene))
    Case.objects.update(version=1)
    with pytest.raises(Refused):
        keying.take_back(kept.sheet, by=scene.coordinator)
    assert Case.objects.count() == 1
    assert kept.sheet.answers.count() == 2


@pytest.mark.parametrize("spoil", [{"keyed_on": timezone.localdate() - timedelta(days=1)}, {"keyed_by": None}])
def test_only_whoever_keyed_it_takes_it_back_and_only_today(scene: Scene, spoil: dict[str, object]) -> None:
    kept = key(scene)
    if "keyed_by" in spoil:
        spoil = {"keyed_by": scene.people[Role.REGIONAL_COORDINATOR]}
    SurveyResponse.objects.filter(pk=kept.sheet.pk).update(**spoil)
    with pytest.raises(Refused):
        keying.take_back(kept.sheet, by=scene.coordinator)
    assert kept.sheet.answers.count() == 1


def test_common_titles_hold_nothing_of_the_workers_page_and_nothing_sensitive(scene: Scene) -> None:
    today, project = timezone.localdate(), scene.round.project
    for title, facts in {
        "常见": {}, "常见二": {"origin": "survey"}, "匿名": {"origin": "qr"}, "敏感": {"is_sensitive": True},
        "很久以前": {"registered_on": today - timedelta(days=70)},
    }.items():  # fmt: skip
        CaseFactory(project=project, title=title, **facts)
    CaseFactory(project=project, title="常见")
    CaseFactory(project=scene.company.crew_at("sibling").team.project, title="别的项目")
    CaseFactory(project=project, title="说项目的", names=[{"who": "project"}])
    assert [common.title for common in common_titles(scene.coordinator, project.pk, today)] == ["常见", "常见二"]


def test_the_photo_of_a_sheet_survives_taking_it_back(scene: Scene) -> None:
    sheet = scene.sheet(photo=PhotoFactory())
    keying.take_back(key(scene, code=sheet.code).sheet, by=scene.coordinator)
    sheet.refresh_from_db()
    assert sheet.photo is not None
