"""The log of rights exercised: written by coordinators for their own posts, corrected for seven days, read in reach."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from coordinators.models import Coordinator, PostProvision, RightExercise
from coordinators.provisions.workflow import record_exercise
from core.models import Attachment
from core.refusals import Refused
from core.roles import Role
from tests.factories import CoordinatorFactory, ProjectFactory, RegionFactory, RightExerciseFactory, person_with
from tests.factories.attachments import uploaded
from tests.house.test_url_matrix import client_for

pytestmark = pytest.mark.django_db
LAST_YEAR = timezone.localdate().year - 1


@pytest.fixture
def post() -> Coordinator:
    return CoordinatorFactory(region=RegionFactory())


def typed(**changed: Any) -> dict[str, Any]:
    return {"kind": "hearing", "on": f"{timezone.localdate()}", "text": "参加路基队月度管理听政会", **changed}


def test_three_fields_are_enough(post: Coordinator) -> None:
    client = client_for(post.person)
    form = client.get("/rights/new/").context["form"]
    assert [name for name, field in form.fields.items() if field.required] == ["kind", "on", "text"]
    assert form["on"].value() == timezone.localdate()
    answer = client.post("/rights/new/", typed())
    exercise = RightExercise.objects.get()
    assert answer.headers["Location"] == f"/rights/{exercise.pk}/"
    assert (exercise.coordinator, exercise.kind, exercise.recorded_by) == (post, "hearing", post.person)
    assert exercise.photo is None


def test_a_photo_is_kept_and_served_and_a_new_one_takes_its_place(post: Coordinator) -> None:
    client = client_for(post.person)
    client.post("/rights/new/", typed(photo=uploaded()))
    exercise = RightExercise.objects.select_related("photo").get()
    assert client.get(f"/rights/{exercise.pk}/photo/").headers["Content-Type"] == "image/jpeg"
    first = exercise.photo_id
    client.post(f"/rights/{exercise.pk}/edit/", typed(photo=uploaded()))
    assert list(Attachment.objects.values_list("pk", flat=True)) == [RightExercise.objects.get().photo_id] != [first]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"text": ""}, "text"),
        ({"on": ""}, "on"),
        ({"kind": "veto"}, "kind"),
        ({"on": f"{timezone.localdate() + timedelta(days=2)}"}, "on"),
        ({"on": f"{timezone.localdate() - timedelta(days=900)}"}, "on"),
        ({"photo": uploaded(b"no picture")}, "photo"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(post: Coordinator, changed: dict[str, Any], field: str) -> None:
    response = client_for(post.person).post("/rights/new/", typed(place="二号隧道口", **changed))
    assert response.status_code == 200
    assert set(response.context["form"].errors) == {field}
    assert 'value="二号隧道口"' in response.content.decode()
    assert RightExercise.objects.count() == 0


def test_somebody_with_two_posts_says_as_which(post: Coordinator) -> None:
    other = CoordinatorFactory(person=post.person, project=ProjectFactory(region=post.region))
    client = client_for(post.person)
    assert set(client.post("/rights/new/", typed()).context["form"].errors) == {"coordinator"}
    client.post("/rights/new/", typed(coordinator=other.pk))
    assert RightExercise.objects.get().coordinator == other


def test_nobody_records_for_another(post: Coordinator) -> None:
    stranger = CoordinatorFactory(project=ProjectFactory(region=post.region))
    client_for(post.person).post("/rights/new/", typed(coordinator=stranger.pk))
    assert RightExercise.objects.get().coordinator == post
    with pytest.raises(Refused):
        record_exercise(RightExercise(coordinator=stranger, kind="patrol", on=timezone.localdate(), text="x"), by=post.person)


@pytest.mark.parametrize("role", [Role.PARTY_ORGANISATION, Role.PROJECT_CLERK, Role.PROJECT_COMMITTEE])
def test_whoever_is_no_coordinator_has_no_form(role: Role) -> None:
    assert client_for(person_with(role)).get("/rights/new/").status_code == 403


@pytest.mark.parametrize(("days", "code"), [(6, 200), (8, 403)])
def test_a_record_is_corrected_for_seven_days(post: Coordinator, days: int, code: int) -> None:
    exercise = RightExerciseFactory(coordinator=post, recorded_at=timezone.now() - timedelta(days=days))
    client = client_for(post.person)
    assert client.get(f"/rights/{exercise.pk}/edit/").status_code == code
    client.post(f"/rights/{exercise.pk}/edit/", typed(text="改过的"))
    exercise.refresh_from_db()
    assert (exercise.text == "改过的") is (code == 200)
    assert (b"/edit/" in client.get(f"/rights/{exercise.pk}/").content) is (code == 200)


def test_a_colleague_reads_and_does_not_correct(post: Coordinator) -> None:
    exercise = RightExerciseFactory(coordinator=CoordinatorFactory(project=ProjectFactory(region=post.region)))
    client = client_for(post.person)
    assert client.get(f"/rights/{exercise.pk}/").status_code == 200
    assert client.post(f"/rights/{exercise.pk}/edit/", typed()).status_code == 403


def test_duties_offered_are_those_in_force(post: Coordinator) -> None:
    form = client_for(post.person).get("/rights/new/").context["form"]
    assert form.fields["duty"].queryset.count() == 17
    right = PostProvision.objects.filter(kind="right").first()
    assert right is not None
    assert set(client_for(post.person).post("/rights/new/", typed(duty=right.pk)).context["form"].errors) == {"duty"}


@pytest.mark.parametrize(
    ("query", "found"), [("", 3), ("kind=hearing", 1), (f"year={LAST_YEAR}", 0), (f"kind=patrol&year={LAST_YEAR + 1}", 2)]
)
def test_filters(post: Coordinator, query: str, found: int) -> None:
    RightExerciseFactory(coordinator=post, kind="hearing")
    RightExerciseFactory.create_batch(2, coordinator=post)
    RightExerciseFactory()
    assert len(client_for(post.person).get(f"/rights/?{query}").context["page"].object_list) == found


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_however_long(rows: int) -> None:
    duty = PostProvision.objects.filter(kind="duty").first()
    CoordinatorFactory.create_batch(3, part_time=True)
    RightExerciseFactory.create_batch(rows, duty=duty)
    client = client_for(person_with(Role.PARTY_ORGANISATION))
    with CaptureQueriesContext(connection) as queries:
        client.get("/rights/")
    assert len(queries) == 12


@pytest.mark.parametrize("query", ["", f"?year={LAST_YEAR}"])
def test_an_empty_list_says_so(query: str) -> None:
    assert b"lx-empty" in client_for(person_with(Role.LABOUR_CENTRE)).get(f"/rights/{query}").content
