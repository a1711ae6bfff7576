"""One address a verb: it acts, it refuses whoever may not, and what was typed survives a form that could not be kept."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from core.roles import Role
from feedback.cases.page.verbs import BY_NAME, NEXT, URGENT, VERBS
from feedback.cases.workflow import LIFECYCLE
from feedback.models import Case, CaseExtension, CaseMessage, CaseOfficer, Promise
from regions.models import Department
from tests.factories import CaseCategoryFactory, CaseEventFactory, CaseFactory, DepartmentFactory, UserFactory
from tests.factories.attachments import uploaded
from tests.feedback.page.acts import ANSWER, address, again, buttons_for, page_of, press, said_at
from tests.house.crawl import client_for
from tests.world import Company

TODAY = timezone.localdate()
SOON = TODAY + timedelta(days=9)


def test_every_verb_of_a_person_has_a_button() -> None:
    """Those of the clock and of the worker have none."""
    assert set(LIFECYCLE.moves) - set(BY_NAME) == {"worker_says", "follow"}
    assert {name for names in (URGENT, *NEXT.values()) for name in names} <= set(BY_NAME)
    assert set(NEXT) == set(Case.Status)


# ── From dispatch to the answer ──────────────────────────────────────────────────────────────────────────────────


def test_accept(routed: Case, officer: User) -> None:
    answer = press(routed, officer, "accept")
    assert answer.url == reverse("case", args=[routed.number])
    assert (again(routed).status, again(routed).handler) == ("accepted", officer)


def test_a_look_at_a_button_leads_to_the_case(routed: Case, officer: User) -> None:
    assert client_for(officer).get(address(routed, "accept")).url == reverse("case", args=[routed.number])
    assert again(routed).status == "routed"


def test_send_back_with_grounds(routed: Case, officer: User) -> None:
    assert "grounds" in said_at(press(routed, officer, "refuse", grounds="  "))
    press(routed, officer, "refuse", grounds="宿舍归项目部管")
    assert (again(routed).status, again(routed).events.latest("at").note) == ("refused", "宿舍归项目部管")


def test_leave_it_where_it_is(company: Company, regional: User) -> None:
    case = CaseFactory(project=company.own_project, status="refused", dealt_with_by=company.department, refusals=1)
    assert "word" in said_at(press(case, regional, "insist"))
    press(case, regional, "insist", word="就归你们管")
    assert again(case).status == "routed"


def test_ask_the_worker_and_go_on(accepted: Case, officer: User) -> None:
    assert "question" in said_at(press(accepted, officer, "ask-worker"))
    press(accepted, officer, "ask-worker", question="是哪几天")
    assert (again(accepted).status, CaseMessage.objects.get().words) == ("waiting", "是哪几天")
    press(accepted, officer, "resume")
    assert again(accepted).status == "accepted"


def test_an_answer_is_a_fact_or_a_promise(accepted: Case, officer: User) -> None:
    answer = press(accepted, officer, "submit-reply", text="知道了，会处理。")
    assert set(said_at(answer)) == {"outcome"}
    assert "知道了，会处理。" in answer.content.decode()
    assert again(accepted).status == "accepted"
    press(accepted, officer, "submit-reply", **ANSWER)
    assert (again(accepted).status, again(accepted).reply) == ("under_review", ANSWER["text"])


def test_only_an_explanation_is_an_answer_too(accepted: Case, officer: User) -> None:
    press(accepted, officer, "submit-reply", text="夏季作息本月起执行。", outcome="explained")
    assert again(accepted).status == "under_review"


def promise(number: int = 1, **other: Any) -> dict[str, Any]:
    whole = {"text": "随5月工资补发", "who": "罗建平", "due_on": f"{SOON}"} | other
    return {f"{name}_{number}": value for name, value in whole.items() if value}


def test_up_to_three_promises(accepted: Case, officer: User) -> None:
    typed = promise(1) | promise(2, text="张贴工资单") | promise(3, text="核对考勤")
    press(accepted, officer, "submit-reply", text="情况属实。", outcome="promised", **typed)
    found = Promise.objects.filter(case=accepted).order_by("pk").values_list("text", "who", "due_on")
    assert list(found) == [(text, "罗建平", SOON) for text in ("随5月工资补发", "张贴工资单", "核对考勤")]


@pytest.mark.parametrize(
    ("outcome", "typed", "wrong"),
    [
        ("promised", {}, {"text_1"}),
        ("promised", promise(1, who=""), {"who_1"}),
        ("promised", promise(2, text="", due_on=""), {"text_2", "due_on_2"}),
        ("promised", promise(1, due_on=f"{TODAY - timedelta(days=1)}"), {"due_on_1"}),
        ("done", promise(), {"outcome"}),
        ("explained", promise(), {"outcome"}),
    ],
)
def test_a_promise_says_what_who_and_by_when(
    accepted: Case, officer: User, outcome: str, typed: dict[str, str], wrong: set[str]
) -> None:
    answer = press(accepted, officer, "submit-reply", text="情况属实。", outcome=outcome, **typed)
    assert set(said_at(answer)) == wrong
    assert all(value in answer.content.decode() for value in ("情况属实。", *typed.values()))
    assert not Promise.objects.exists()


def under_review(company: Company, author: User, **other: Any) -> Case:
    return CaseFactory(
        project=company.own_project, status="under_review", dealt_with_by=company.department, replied_by=author, **other
    )


def test_approve_the_answer(company: Company, officer: User, regional: User) -> None:
    case = under_review(company, officer)
    press(case, regional, "approve-reply")
    assert (again(case).status, again(case).delivered_at) == ("answered", None)
    assert CaseMessage.objects.get().words == case.reply


def test_an_approved_answer_has_reached_whoever_has_a_code(company: Company, officer: User, regional: User) -> None:
    case = under_review(company, officer, code_hash="1" * 64)
    press(case, regional, "approve-reply")
    assert again(case).delivery == "code"


def test_return_the_answer(company: Company, officer: User, regional: User) -> None:
    case = under_review(company, officer)
    assert "word" in said_at(press(case, regional, "return-reply"))
    press(case, regional, "return-reply", word="说清楚哪几天")
    assert again(case).status == "accepted"
    form = client_for(officer).get(address(case, "submit-reply")).context["form"]
    assert form["text"].value() == case.reply


def test_a_final_reply(accepted: Case, officer: User, centre: User) -> None:
    press(accepted, officer, "submit-reply", text="不在规定范围。", outcome="explained", is_final="on")
    press(accepted, centre, "approve-reply")
    assert again(accepted).status == "final_reply"


# ── From the answer to the end ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("how", ["read_aloud", "in_person"])
def test_told(answered: Case, coordinator: User, how: str) -> None:
    page = client_for(coordinator).get(f"{address(answered, 'deliver')}?how={how}")
    assert page.context["form"]["how"].value() == how
    press(answered, coordinator, "deliver", how=how, note="班前会，21人")
    assert again(answered).delivery == how
    assert "班前会，21人" in again(answered).events.latest("at").note


@pytest.mark.parametrize("how", ["", "code", "wall"])
def test_what_hangs_or_stands_on_a_page_is_not_told_by_hand(answered: Case, coordinator: User, how: str) -> None:
    answer = press(answered, coordinator, "deliver", how=how, note="班前会")
    assert set(said_at(answer)) == {"how"}
    assert "班前会" in answer.content.decode()
    assert again(answered).delivered_at is None


def test_settled_with_a_photo(answered: Case, coordinator: User) -> None:
    typed = {"settled_on": f"{TODAY}", "note": "水是热的"}
    answer = press(answered, coordinator, "settle", **typed)
    assert set(said_at(answer)) == {"photo"}
    assert "水是热的" in answer.content.decode()
    press(answered, coordinator, "settle", **typed, photo=uploaded())
    case = again(answered)
    assert (case.status, case.settled_note, case.settled_by) == ("revisiting", "水是热的", coordinator)
    [entry] = page_of(case, coordinator).context["thread"]
    assert [shot.pk for shot in entry.shots] == [case.settled_photo_id]


def test_nothing_is_settled_tomorrow(answered: Case, coordinator: User) -> None:
    tomorrow = TODAY + timedelta(days=1)
    answer = press(answered, coordinator, "settle", settled_on=f"{tomorrow}", note="水", photo=uploaded())
    assert set(said_at(answer)) == {"settled_on"}


def test_what_is_no_photo_is_said_at_its_field(answered: Case, coordinator: User) -> None:
    answer = press(answered, coordinator, "settle", settled_on=f"{TODAY}", note="水是热的", photo=uploaded(b"nothing"))
    assert set(said_at(answer)) == {"photo"}
    assert "水是热的" in answer.content.decode()


def test_closed_by_whoever_supervises(company: Company, regional: User, officer: User, coordinator: User) -> None:
    shown = {"dealt_with_by": company.department, "handler": officer, "replied_by": officer, "settled_by": coordinator}
    case = CaseFactory(project=company.own_project, status="revisiting", **shown)
    press(case, regional, "confirm-settled")
    assert again(case).status == "closed"


def test_done_again(answered: Case, regional: User) -> None:
    assert "word" in said_at(press(answered, regional, "redo"))
    press(answered, regional, "redo", word="还是冷的")
    assert (again(answered).status, again(answered).redos) == ("accepted", 1)


def test_a_promise_is_kept_with_a_photo(answered: Case, coordinator: User, officer: User) -> None:
    given = {"given_by": officer, "given_at": timezone.now() - timedelta(days=3)}
    one, two = (Promise.objects.create(case=answered, text=text, who="我", due_on=SOON, **given) for text in ("补发", "张贴"))
    form = client_for(coordinator).get(address(answered, "keep-promise")).context["form"]
    assert [key for key, _words in form.fields["promise"].choices] == [one.pk, two.pk]
    typed = {"promise": two.pk, "on": f"{TODAY}"}
    assert set(said_at(press(answered, coordinator, "keep-promise", **typed))) == {"photo"}
    press(answered, coordinator, "keep-promise", **typed, photo=uploaded())
    assert list(Promise.objects.filter(kept_on=None)) == [one]


def test_nobody_keeps_the_promise_of_another_case(answered: Case, coordinator: User, company: Company) -> None:
    other = CaseFactory(project=company.own_project)
    for case in (answered, other):
        long_ago = timezone.now() - timedelta(days=3)
        Promise.objects.create(case=case, text="补发", who="我", due_on=SOON, given_by=coordinator, given_at=long_ago)
    typed = {"promise": other.promises.get().pk, "on": f"{TODAY}", "photo": uploaded()}
    assert set(said_at(press(answered, coordinator, "keep-promise", **typed))) == {"promise"}
    assert other.promises.get().kept_on is None


# ── Beside the way ───────────────────────────────────────────────────────────────────────────────────────────────


def test_more_time(accepted: Case, officer: User, regional: User) -> None:
    typed = {"clock": "settle", "days": "2", "reason": "等配件"}
    answer = press(accepted, officer, "ask-extension", **(typed | {"days": "90"}))
    assert set(said_at(answer)) == {"days"}
    assert "等配件" in answer.content.decode()
    press(accepted, officer, "ask-extension", **typed)
    asked = CaseExtension.objects.get()
    assert buttons_for(accepted, officer) & {"ask_extension", "decide_extension"} == set()
    assert page_of(accepted, regional).context["buttons"].first.verb.name == "decide_extension"
    assert "等配件" in client_for(regional).get(address(accepted, "decide-extension")).content.decode()
    assert set(said_at(press(accepted, regional, "decide-extension", word="可以"))) == {"is_given"}
    press(accepted, regional, "decide-extension", is_given="yes", word="可以")
    asked.refresh_from_db()
    assert (asked.is_given, asked.word) == (True, "可以")
    assert press(accepted, regional, "decide-extension", is_given="no").status_code == 302


def test_no_more_time_says_why(accepted: Case, officer: User, regional: User) -> None:
    asked = CaseExtension.objects.create(case=accepted, clock="settle", days=2, reason="等配件", asked_by=officer)
    assert set(said_at(press(accepted, regional, "decide-extension", is_given="no"))) == {"word"}
    press(accepted, regional, "decide-extension", is_given="no", word="配件今天到")
    asked.refresh_from_db()
    assert asked.is_given is False


def test_urge_in_one_press_with_a_word_or_without(accepted: Case, officer: User, regional: User) -> None:
    page = page_of(accepted, regional).content.decode()
    assert page.count(f'action="{address(accepted, "urge")}"') == 2  # for phones and for wide screens
    assert address(accepted, "urge") not in page_of(accepted, officer).content.decode()
    assert press(accepted, regional, "urge").url == reverse("case", args=[accepted.number])
    assert again(accepted).events.get().verb == "urge"
    refused = press(accepted, regional, "urge", word="请今天办")
    assert refused.status_code == 200
    assert regional.name in refused.content.decode()
    assert "请今天办" in refused.content.decode()
    assert again(accepted).events.count() == 1


def test_whoever_deals_with_it_urges_nobody(accepted: Case, officer: User) -> None:
    press(accepted, officer, "urge")
    assert not accepted.events.exists()


def test_a_department_helps(accepted: Case, officer: User) -> None:
    helper = DepartmentFactory(code="EQUIPMENT", name="设备部")
    DepartmentFactory(code="OUTSIDE", name="劳动监察大队", kind=Department.Kind.OUTSIDE)
    form = client_for(officer).get(address(accepted, "add-joint")).context["form"]
    offered = [words for _key, words in form.fields["department"].choices]
    assert "设备部" in offered
    assert not {"劳动监察大队", str(officer.staffpost_posts.get().department)} & set(offered)
    press(accepted, officer, "add-joint", department=helper.pk)
    assert accepted.sights.get(department=helper).part == "joint"


def test_pass_it_up(routed: Case, company: Company, officer: User) -> None:
    assert "word" in said_at(press(routed, officer, "escalate"))
    press(routed, officer, "escalate", word="办不了")
    assert routed.sights.get(part="lead").tier != "department"


def test_outside(accepted: Case, officer: User) -> None:
    answer = press(accepted, officer, "hand-outside", body="县劳动监察大队")
    assert set(said_at(answer)) == {"word"}
    assert "县劳动监察大队" in answer.content.decode()
    press(accepted, officer, "hand-outside", body="县劳动监察大队", word="罗建平跟办")
    assert again(accepted).outside == "县劳动监察大队"


def test_put_it_under_another(accepted: Case, regional: User, company: Company) -> None:
    lead = CaseFactory(project=company.own_project, status="accepted", title="同一间宿舍")
    CaseFactory(project=company.own_project, title="工资", category=CaseCategoryFactory(key="wages", name="工资"))
    CaseFactory(project=company.own_project, status="closed")
    elsewhere = CaseFactory(project=company.crew_at("sibling").team.project)
    form = client_for(regional).get(address(accepted, "merge")).context["form"]
    assert form.suggestions == [lead]
    answer = press(accepted, regional, "merge", into=elsewhere.number)
    assert set(said_at(answer)) == {"into"}
    assert elsewhere.number in answer.content.decode()
    press(accepted, regional, "merge", into=f" {lead.number.lower()} ")
    assert again(accepted).lead == lead
    assert lead.number in page_of(accepted, regional).content.decode()
    assert accepted.number in page_of(lead, regional).content.decode()


def test_a_note_and_a_note_for_the_worker(answered: Case, officer: User) -> None:
    assert set(said_at(press(answered, officer, "remark"))) == {"text"}
    press(answered, officer, "remark", text="已约周三")
    assert client_for(officer).get(f"{address(answered, 'remark')}?is_public=on").context["form"]["is_public"].value()
    press(answered, officer, "remark", text="都补", is_public="on")
    assert dict(answered.events.values_list("note", "is_public")) == {"已约周三": False, "都补": True}


def test_another_category(accepted: Case, regional: User) -> None:
    wages = CaseCategoryFactory(key="wages", name="工资")
    form = client_for(regional).get(address(accepted, "reclassify")).context["form"]
    assert form["category"].value() == accepted.category_id
    assert set(said_at(press(accepted, regional, "reclassify", category="0"))) == {"category", "severity", "kind"}
    press(accepted, regional, "reclassify", category=wages.pk, severity="urgent", kind="dispute")
    assert (again(accepted).category, again(accepted).severity, again(accepted).kind) == (wages, "urgent", "dispute")


def test_whoever_seals_a_case_goes_back_to_the_list(accepted: Case, regional: User) -> None:
    typed = {"category": accepted.category_id, "severity": "normal", "kind": "problem", "is_sensitive": "on"}
    assert press(accepted, regional, "reclassify", **typed).url == reverse("cases")


def test_name_an_officer(company: Company, regional: User) -> None:
    organisation = company.person(Role.PARTY_ORGANISATION)
    named = UserFactory()
    case = CaseFactory(project=company.own_project, is_sensitive=True, names=[{"who": "liaison", "person": named}])
    offered = client_for(organisation).get(address(case, "name-officer")).context["form"].fields["person"].choices
    assert regional.pk in dict(offered)
    assert set(said_at(press(case, organisation, "name-officer", person=named.pk))) == {"person"}
    press(case, organisation, "name-officer", person=regional.pk)
    assert CaseOfficer.objects.get().person == regional


def test_settled_on_the_spot_and_reported(company: Company, regional: User) -> None:
    case = CaseFactory(project=company.own_project, severity="urgent")
    typed = {"reply": "已断电", "settled_note": "电箱锁好"}
    answer = press(case, regional, "close-on-spot", **typed)
    assert set(said_at(answer)) == {"photo"}
    assert "已断电" in answer.content.decode()
    press(case, regional, "close-on-spot", **typed, photo=uploaded())
    assert again(case).status == "closed"
    assert page_of(case, regional).context["buttons"].first.verb.name == "file_after_report"
    assert set(said_at(press(case, regional, "file-after-report"))) == {"text"}
    press(case, regional, "file-after-report", text="雨夜电箱进水")
    assert again(case).after_report == "雨夜电箱进水"


# ── Who may not ──────────────────────────────────────────────────────────────────────────────────────────────────

FORMED = [verb.slug for verb in VERBS if verb.form]


def test_who_sees_and_may_not_is_told_so(company: Company, coordinator: User) -> None:
    """A case that follows another: everything is done there, but for a note."""
    lead = CaseFactory(project=company.own_project, status="closed")
    case = CaseFactory(project=company.own_project, status="closed", lead=lead, dealt_with_by=company.department)
    visitor = client_for(coordinator)
    found = {
        verb: (visitor.post(address(case, verb)).status_code, visitor.get(address(case, verb)).status_code) for verb in FORMED
    }
    assert found == dict.fromkeys(FORMED, (302, 302)) | dict.fromkeys(("remark", "deliver"), (200, 200))
    assert not case.events.exists()


def test_what_was_typed_comes_back_where_it_is_too_late(answered: Case, officer: User) -> None:
    answer = press(answered, officer, "submit-reply", text="写了半小时", outcome="done")
    assert answer.status_code == 200
    assert "写了半小时" in answer.content.decode()
    assert not answer.context["may"]
    assert again(answered).status == "answered"


def test_out_of_reach_is_not_there(company: Company, coordinator: User) -> None:
    case, visitor = CaseFactory(project=company.crew_at("foreign").team.project), client_for(coordinator)
    found = {
        verb: (visitor.post(address(case, verb)).status_code, visitor.get(address(case, verb)).status_code) for verb in FORMED
    }
    assert found == dict.fromkeys(FORMED, (404, 404))


def test_a_reader_has_no_buttons(company: Company, accepted: Case) -> None:
    leader = company.person(Role.LEADER)
    page = page_of(accepted, leader)
    assert not page.context["buttons"]
    assert page.context["parts"] == []
    assert press(accepted, leader, "remark", text="看过").status_code == 403


S = Case.Status
# state → role → buttons, the primary one first
BUTTONS: dict[str, dict[str, tuple[str, set[str]]]] = {
    S.ROUTED: {
        Role.DEPARTMENT_OFFICER: ("accept", {"refuse", "escalate", "ask_extension", "add_joint", "hand_outside", "merge"}),
        Role.PROJECT_COORDINATOR: ("", {"merge"}),
        Role.REGIONAL_COORDINATOR: ("", {"add_joint", "merge", "reclassify", "urge"}),
    },
    S.ACCEPTED: {
        Role.DEPARTMENT_OFFICER: (
            "submit_reply",
            {"ask_worker", "escalate", "ask_extension", "add_joint", "hand_outside", "merge"},
        ),
        Role.PROJECT_COORDINATOR: ("", {"merge"}),
        Role.REGIONAL_COORDINATOR: ("", {"add_joint", "merge", "reclassify", "urge"}),
    },
    S.UNDER_REVIEW: {
        Role.DEPARTMENT_OFFICER: ("", {"ask_extension", "add_joint", "hand_outside"}),
        Role.PROJECT_COORDINATOR: ("approve_reply", {"return_reply"}),
        Role.REGIONAL_COORDINATOR: ("approve_reply", {"return_reply", "add_joint", "reclassify"}),
    },
    S.ANSWERED: {
        Role.DEPARTMENT_OFFICER: ("deliver", {"settle", "ask_extension", "hand_outside"}),
        Role.PROJECT_COORDINATOR: ("deliver", {"settle", "redo"}),
        Role.REGIONAL_COORDINATOR: ("deliver", {"settle", "redo", "reclassify", "urge"}),
    },
    S.REVISITING: {
        Role.DEPARTMENT_OFFICER: ("", {"deliver"}),
        Role.PROJECT_COORDINATOR: ("", {"deliver", "redo"}),
        Role.REGIONAL_COORDINATOR: ("confirm_settled", {"deliver", "redo", "reclassify"}),
    },
}


@pytest.mark.parametrize("status", BUTTONS)
def test_the_buttons_of_a_department_case(company: Company, officer: User, status: str) -> None:
    people = {Role.DEPARTMENT_OFFICER: officer} | {
        role: company.person(role) for role in BUTTONS[status] if role != Role.DEPARTMENT_OFFICER
    }
    case = CaseFactory(project=company.own_project, status=status, dealt_with_by=company.department, replied_by=officer)
    CaseEventFactory(case=case)
    found = {}
    for role, person in people.items():
        buttons = page_of(case, person).context["buttons"]
        first = buttons.first.verb.name if buttons.first else ""
        found[role] = (first, buttons.verbs - {first, "remark"})
        assert "remark" in buttons.verbs
    assert found == BUTTONS[status]
