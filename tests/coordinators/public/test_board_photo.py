"""Photos on a public page: of those who stand on it, and of nobody else."""

import io
import re

import pytest
from django.test import Client
from django.utils import timezone
from PIL import Image

from coordinators.models import NoticeBoard
from tests.coordinators.public.conftest import Placed, liaison_of
from tests.factories import LabourTeamFactory, PhotoFactory, ProjectFactory


def sources(visitor: Client, board: NoticeBoard) -> list[str]:
    return re.findall(r'<img class="face" src="([^"]+)"', visitor.get(f"/w/{board.code}/").content.decode())


def test_the_small_photo_is_served(visitor: Client, board: NoticeBoard, coordinator: Placed) -> None:
    coordinator(photo=True)
    coordinator(region=board.project.region)
    [source] = sources(visitor, board)
    response = visitor.get(source)
    assert (response.status_code, response["Content-Type"]) == (200, "image/jpeg")
    assert max(Image.open(io.BytesIO(response.content)).size) == 240
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert not response.cookies


@pytest.mark.parametrize("number", ["0", "2", "3", "999999999999999999999"])
def test_no_other_number_has_a_photo(visitor: Client, board: NoticeBoard, coordinator: Placed, number: str) -> None:
    """The second on the page has none, a third is not there."""
    coordinator(photo=True)
    liaison_of(LabourTeamFactory(project=board.project))
    assert visitor.get(f"/w/{board.code}/photo/1/").status_code == 200
    assert visitor.get(f"/w/{board.code}/photo/{number}/").status_code == 404


def test_another_board_does_not_show_it(visitor: Client, board: NoticeBoard, coordinator: Placed) -> None:
    coordinator(photo=True)
    [source] = sources(visitor, board)
    other = NoticeBoard.objects.create(project=ProjectFactory(), place="大门口", created_by=board.created_by)
    assert visitor.get(source.replace(board.code, other.code)).status_code == 404
    assert visitor.get(source.replace(board.code, "NOSUCHCODE")).status_code == 404


def test_an_open_page_never_shows_one_face_beside_another_name(visitor: Client, board: NoticeBoard, coordinator: Placed) -> None:
    """The first leaves while the page is open: his place is the second's now, but not for that page."""
    leaving, staying = coordinator(region=board.project.region, photo=True), coordinator(photo=True)
    opened = sources(visitor, board)
    leaving.to_on = leaving.from_on
    leaving.save()
    assert [visitor.get(source).status_code for source in opened] == [404, 404]
    [source] = sources(visitor, board)
    assert visitor.get(source).status_code == 200
    staying.person.photo = PhotoFactory()
    staying.person.save()
    assert visitor.get(source).status_code == 404


def test_the_photo_follows_its_owner_to_another_project(visitor: Client, board: NoticeBoard, coordinator: Placed) -> None:
    post = coordinator(photo=True)
    [source] = sources(visitor, board)
    elsewhere = ProjectFactory()
    post.project = elsewhere
    post.save()
    assert visitor.get(source).status_code == 404
    other = NoticeBoard.objects.create(project=elsewhere, place="大门口", created_by=board.created_by)
    assert len(sources(visitor, other)) == 1
    assert post.from_on <= timezone.localdate()
