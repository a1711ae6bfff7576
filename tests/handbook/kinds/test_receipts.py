"""The signed list of goods: put to the lines it covers, replaced while the book is open, served to whoever sees the entry."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from core.models import Attachment
from core.roles import Role
from handbook.models import CareDistribution
from tests.factories import CareDistributionFactory, LabourTeamFactory, person_with
from tests.handbook.kinds.conftest import Site
from tests.house.test_url_matrix import client_for

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


@pytest.fixture(autouse=True)
def _now(time_machine: Any) -> None:
    time_machine.move_to("2026-05-20T10:00:00+08:00", tick=False)


@pytest.fixture
def lines(site: Site) -> list[CareDistribution]:
    """Two goods for the first team, one for the second."""
    first = CareDistributionFactory(event__entry__project=site.project, team=site.teams[0])
    return [first, *(CareDistributionFactory(event=first.event, team=team) for team in site.teams)]


def scan() -> SimpleUploadedFile:
    return SimpleUploadedFile("签收单.pdf", PDF, "application/pdf")


def picture() -> SimpleUploadedFile:
    stream = BytesIO()
    Image.new("RGB", (40, 30), "white").save(stream, "JPEG")
    return SimpleUploadedFile("IMG_1.jpg", stream.getvalue(), "image/jpeg")


def receipts(lines: list[CareDistribution]) -> list[int | None]:
    for line in lines:
        line.refresh_from_db()
    return [line.receipt_id for line in lines]


def sign(person: Any, line: CareDistribution, document: Any = None, **said: Any) -> Any:
    return client_for(person).post(f"/entries/goods/{line.pk}/sign/", said | ({"document": document} if document else {}))


def test_one_list_for_all_the_goods_of_a_team_and_another_in_its_place(site: Site, lines: list[CareDistribution]) -> None:
    entry = lines[0].event.entry
    page = client_for(site.coordinator).get(f"/entries/{entry.pk}/").content.decode()
    assert all(f'href="/entries/goods/{line.pk}/sign/"' in page for line in lines)
    assert sign(site.coordinator, lines[0], scan(), is_for_all="on").url == f"/entries/{entry.pk}/"
    first, second, third = receipts(lines)
    assert (first, third) == (second, None)
    assert first
    answer = client_for(site.coordinator).get(f"/entries/goods/{lines[1].pk}/signed/")
    assert (b"".join(answer) if answer.streaming else answer.content, answer["Content-Type"]) == (PDF, "application/pdf")
    sign(site.coordinator, lines[0], picture())  # for this line alone: the scan still belongs to the other
    assert receipts(lines)[1] == first
    sign(site.coordinator, lines[1], picture())
    assert not Attachment.objects.filter(pk=first).exists()
    assert len(set(receipts(lines)[:2])) == 2
    page = client_for(site.coordinator).get(f"/entries/{entry.pk}/").content.decode()
    assert [f'href="/entries/goods/{line.pk}/signed/"' in page for line in lines] == [True, True, False]


def test_a_list_comes_late_and_is_not_replaced_later(site: Site, lines: list[CareDistribution], time_machine: Any) -> None:
    sign(site.coordinator, lines[0], scan())
    first = receipts(lines)[0]
    time_machine.move_to("2026-06-06T10:00:00+08:00", tick=False)
    assert sign(site.coordinator, lines[0], picture()).status_code == 403
    assert sign(site.coordinator, lines[1], picture(), is_for_all="on").status_code == 302
    kept, new, none = receipts(lines)
    assert (kept, none) == (first, None)
    assert new not in (None, first)


@pytest.mark.parametrize("document", [None, SimpleUploadedFile("签收单.exe", b"MZ\x90", "application/octet-stream")])
def test_what_is_no_scan_is_refused(site: Site, lines: list[CareDistribution], document: Any) -> None:
    assert set(sign(site.coordinator, lines[0], document, is_for_all="on").context["form"].errors) == {"document"}
    assert receipts(lines) == [None] * 3


def test_who_puts_it_and_who_reads_it(site: Site, lines: list[CareDistribution]) -> None:
    """A colleague may; a department looks; the health officer, another project and a liaison of another team find nothing."""
    sign(site.coordinator, lines[2], scan())
    reads = {
        person_with(Role.PROJECT_CLERK, project=site.project): (200, 200),
        person_with(Role.PARTY_ORGANISATION): (200, 403),
        person_with(Role.HEALTH_OFFICER, project=site.project): (404, 404),
        person_with(Role.LIAISON, team=LabourTeamFactory(project=site.project)): (404, 404),
        person_with(Role.PROJECT_CLERK, project=LabourTeamFactory().project): (404, 404),
    }
    for person, codes in reads.items():
        client = client_for(person)
        assert tuple(client.get(f"/entries/goods/{lines[2].pk}/{verb}/").status_code for verb in ("signed", "sign")) == codes
    assert client_for(site.coordinator).get(f"/entries/goods/{lines[0].pk}/signed/").status_code == 404


def test_of_what_was_taken_back_no_list_is_kept(site: Site, lines: list[CareDistribution]) -> None:
    entry = lines[0].event.entry
    entry.withdrawn_at, entry.withdrawn_by, entry.withdrawn_reason = entry.written_at, entry.author, "记错了"
    entry.save()
    assert sign(site.coordinator, lines[0], scan()).status_code == 403
