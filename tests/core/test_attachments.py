"""Photos and documents: what is kept of them, what is refused and in which words, and who finds the file."""

import hashlib
import io
import os
import struct
import tracemalloc
import zipfile
import zlib
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.core.management import call_command
from django.db import DatabaseError
from django.http import Http404
from django.test import Client
from django.utils import timezone
from PIL import Image, PngImagePlugin

from accounts.models import User
from core import attachments
from core.attachments import MEGABYTE, drop, keep_document, keep_photo, reseal, served
from core.models import Attachment
from core.refusals import Refused
from tests.factories import PhotoFactory, UserFactory, picture, uploaded

pytestmark = pytest.mark.django_db
CANARY = b"CANARY-MAKE-4711"
PDF = b"%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"
GPS, MAKE, ORIENTATION, SUBJECT_PLACE = 0x8825, 0x010F, 0x0112, (30.0, 15.0, 44.0)


@pytest.fixture
def by() -> User:
    return UserFactory()


def kept(data: bytes, by: User) -> Image.Image:
    """The picture as it is served."""
    return Image.open(io.BytesIO(served(keep_photo(uploaded(data), by=by)).content))


def files() -> set[str]:
    return set(default_storage.listdir("attachments")[1]) if default_storage.exists("attachments") else set()


def tagged(**more: object) -> bytes:
    """A JPEG as a phone writes it: place, maker, thumbnail, profile, comment."""
    exif = Image.Exif()
    exif[MAKE] = CANARY.decode()
    exif.get_ifd(GPS).update({1: "N", 2: SUBJECT_PLACE, 3: "E", 4: SUBJECT_PLACE})
    return picture(exif=exif, comment=CANARY, icc_profile=CANARY * 20, **more)


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def claimed(width: int, height: int) -> bytes:
    """A PNG of a few hundred bytes that says it is that large."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = zlib.compress(b"\0" * 100_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def test_nothing_of_what_a_camera_writes_is_left(by: User) -> None:
    data = tagged()
    assert Image.open(io.BytesIO(data)).getexif().get_ifd(GPS)[2] == SUBJECT_PLACE
    photo = keep_photo(uploaded(data, "IMG_0042 at home.jpg"), by=by)
    for response in (served(photo), served(photo, small=True)):
        clean = Image.open(io.BytesIO(response.content))
        assert dict(clean.getexif()) == {}
        assert CANARY not in response.content
        assert b"Exif" not in response.content
        assert set(clean.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert photo.name == "photo.jpg"


def test_text_in_a_png_is_gone(by: User) -> None:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", CANARY.decode())
    notes.add_itxt("XML:com.adobe.xmp", CANARY.decode())
    data = picture(kind="PNG", pnginfo=notes)
    assert CANARY in data
    assert CANARY not in served(keep_photo(uploaded(data, "a.png"), by=by)).content


def test_a_photo_stands_as_the_camera_was_held(by: User) -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    assert kept(picture(300, 200, exif=exif), by).size == (200, 300)


def test_sizes_are_those_of_a_page_on_a_phone(by: User) -> None:
    photo = keep_photo(uploaded(picture(4000, 3000)), by=by)
    small = Image.open(io.BytesIO(served(photo, small=True).content))
    assert (photo.width, photo.height, small.size) == (1600, 1200, (240, 180))
    assert len(served(photo, small=True).content) < 9_000
    assert kept(picture(300, 200), by).size == (300, 200)


@pytest.mark.parametrize(
    ("kind", "mode"),
    [("JPEG", "CMYK"), ("PNG", "P"), ("PNG", "LA"), ("PNG", "1"), ("GIF", "P"), ("WEBP", "RGB"), ("BMP", "RGB")],
)
def test_odd_kinds_become_plain_jpeg(by: User, kind: str, mode: str) -> None:
    photo = kept(picture(64, 64, kind, mode), by)
    assert (photo.format, photo.mode, photo.size) == ("JPEG", "RGB", (64, 64))


def test_sixteen_bits_keep_their_shades(by: User) -> None:
    written = io.BytesIO()
    Image.new("I;16", (20, 20), 128 * 256).save(written, "PNG")
    shade = kept(written.getvalue(), by).getpixel((10, 10))
    assert isinstance(shade, tuple)
    assert abs(shade[0] - 128) < 4


def test_what_is_transparent_is_white(by: User) -> None:
    written = io.BytesIO()
    Image.new("RGBA", (20, 20), (255, 0, 0, 0)).save(written, "PNG")
    assert kept(written.getvalue(), by).getpixel((10, 10)) == (255, 255, 255)


def test_of_a_moving_picture_the_first_one_stays(by: User) -> None:
    written = io.BytesIO()
    Image.new("RGB", (20, 20), "blue").save(written, "GIF", save_all=True, append_images=[Image.new("RGB", (20, 20), "red")])
    shade = kept(written.getvalue(), by).getpixel((10, 10))
    assert isinstance(shade, tuple)
    assert shade[2] > 200 > shade[0]


def zipped() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("a.txt", "text")
    return written.getvalue()


REFUSED = {
    "nothing": b"",
    "a zip that calls itself jpg": zipped(),
    "a page": b"<html><script>alert(1)</script></html>",
    "a drawing with a script": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "a pdf": PDF,
    "a truncated jpeg": picture()[:3000],
    "a truncated png": picture(kind="PNG")[:500],
    "a jpeg's first bytes": b"\xff\xd8\xff\xe0",
    "thirty thousand pixels square": claimed(30_000, 30_000),
    "ten thousand pixels square": claimed(10_000, 10_000),
    "more pixels than a phone takes": claimed(6_000, 5_000),
    "a heic": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 200,
    "text that swells": b"\x89PNG\r\n\x1a\n"
    + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
    + chunk(b"zTXt", b"a\0\0" + zlib.compress(b"\0" * 90_000_000))
    + chunk(b"IEND", b""),
}


@pytest.mark.parametrize("data", REFUSED.values(), ids=REFUSED)
def test_what_is_no_photo_is_refused_and_leaves_nothing(by: User, data: bytes) -> None:
    before = files()
    with pytest.raises(Refused) as refusal:
        keep_photo(uploaded(data), by=by)
    assert refusal.value.message
    assert (files(), Attachment.objects.count()) == (before, 0)


def words(data: bytes, by: User) -> str:
    with pytest.raises(Refused) as refusal:
        keep_photo(uploaded(data), by=by)
    return refusal.value.message


def test_each_reason_has_its_words(by: User) -> None:
    names = ("nothing", "a page", "a truncated jpeg", "thirty thousand pixels square", "a heic")
    assert len({words(REFUSED[name], by) for name in names}) == len(names)
    assert words(REFUSED["ten thousand pixels square"], by) == words(REFUSED["thirty thousand pixels square"], by)
    assert "HEIC" in words(REFUSED["a heic"], by)


def test_no_file_is_refused(by: User) -> None:
    with pytest.raises(Refused):
        keep_photo(None, by=by)


class Huge(SimpleUploadedFile):
    """Sixty megabytes that must not be read."""

    def read(self, *args: object) -> bytes:
        raise AssertionError("the file was read before its size was judged")


def test_sixty_megabytes_are_refused_without_being_read(by: User) -> None:
    file = Huge("big.jpg", b"")
    file.size = 60 * MEGABYTE
    with pytest.raises(Refused, match="15"):
        keep_photo(file, by=by)
    with pytest.raises(Refused, match="10"):
        keep_document(file, by=by)


def test_a_bomb_takes_no_memory(by: User) -> None:
    tracemalloc.start()
    with pytest.raises(Refused):
        keep_photo(uploaded(claimed(30_000, 30_000)), by=by)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8 * MEGABYTE


def test_what_is_stored_is_encrypted_under_names_that_tell_nothing(by: User) -> None:
    before = files()
    photo = keep_photo(uploaded(picture(), "李文斌.jpg"), by=by)
    new = files() - before
    assert len(new) == 2
    for name in new:
        assert len(name) == 32
        with default_storage.open(f"attachments/{name}") as file:
            content = file.read()
        assert content.startswith(b"test:")
        assert b"JFIF" not in content
    data = served(photo).content
    assert (photo.sha256, photo.size, photo.by) == (hashlib.sha256(data).hexdigest(), len(data), by)


def test_no_address_leads_to_a_file(by: User, client: Client) -> None:
    client.force_login(by)
    name = PhotoFactory(by=by).content.name
    addresses = (f"/{name}", f"/media/{name}", f"/static/{name}", f"/static/../{name}")
    assert {client.get(address).status_code for address in addresses} <= {302, 404}
    assert client.get(f"/static/{name}").status_code == 404


def test_files_are_there_before_the_row(by: User, monkeypatch: pytest.MonkeyPatch) -> None:
    there: list[set[str]] = []
    before = files()

    def create(**facts: object) -> None:
        there.append(files() - before)
        raise DatabaseError

    monkeypatch.setattr(Attachment.objects, "create", create)
    with pytest.raises(DatabaseError):
        keep_photo(uploaded(), by=by)
    assert len(there[0]) == 2


def test_documents_are_pdf_or_pictures_by_their_content(by: User) -> None:
    document = keep_document(uploaded(PDF, "任命 文件.exe.docx"), by=by)
    assert (document.content_type, document.name, document.kind) == ("application/pdf", "任命 文件.exe.pdf", "document")
    assert served(document).content == PDF
    scan = keep_document(uploaded(tagged(), "../../etc/\u202egpj.pdf"), by=by)
    assert (scan.content_type, scan.name) == ("image/jpeg", "gpj.jpg")
    assert CANARY not in served(scan).content


@pytest.mark.parametrize("data", [zipped(), b"MZ\x90\0", b"%PDF-1.7 broken off", b"GIF89a%PDF-1.7 %%EOF", b"hello"])
def test_other_documents_are_refused(by: User, data: bytes) -> None:
    with pytest.raises(Refused):
        keep_document(uploaded(data, "a.pdf"), by=by)


def test_a_document_without_a_name_gets_one(by: User) -> None:
    file = uploaded(PDF, "x")
    file._name = "\u200b.pdf"
    assert keep_document(file, by=by).name.endswith(".pdf")
    assert len(keep_document(uploaded(PDF, "文" * 200 + ".pdf"), by=by).name) <= 100


def test_served_files_cannot_act(by: User) -> None:
    photo, document = served(keep_photo(uploaded(), by=by)), served(keep_document(uploaded(PDF, "任命.pdf"), by=by))
    for response in (photo, document):
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Cache-Control"] == "private, no-store"
        assert "sandbox" in response["Content-Security-Policy"]
    assert photo["Content-Disposition"].startswith("inline")
    assert document["Content-Disposition"] == "attachment; filename*=utf-8''%E4%BB%BB%E5%91%BD.pdf"


def test_a_file_that_has_gone_is_a_404(by: User) -> None:
    photo = PhotoFactory(by=by)
    default_storage.delete(photo.content.name)
    with pytest.raises(Http404):
        served(photo)


@pytest.mark.usefixtures("by")
def test_dropping_takes_the_files_along(django_capture_on_commit_callbacks: object) -> None:
    before = files()
    photo = PhotoFactory()
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        drop(photo)
    assert (files(), Attachment.objects.count()) == (before, 0)


def test_the_sweep_removes_what_is_old_and_belongs_to_nothing(by: User, capsys: pytest.CaptureFixture[str]) -> None:
    photo = PhotoFactory(by=by)
    old, new = (default_storage.save(f"attachments/{name}", ContentFile(b"x")) for name in ("a" * 32, "b" * 32))
    days_ago = (timezone.now() - timedelta(days=2)).timestamp()
    for name in (old, photo.content.name, photo.small.name):
        os.utime(Path(default_storage.path(name)), (days_ago, days_ago))
    call_command("sweep_attachments")
    assert not default_storage.exists(old)
    assert default_storage.exists(new)
    assert served(photo).content
    assert served(photo, small=True).content
    default_storage.delete(new)


def test_files_follow_when_the_key_changes(by: User, settings: object) -> None:
    photo = PhotoFactory(by=by)
    before, small = served(photo).content, served(photo, small=True).content
    settings.PERSONAL_DATA_KEYS = [f"k2:{'MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE='}", *settings.PERSONAL_DATA_KEYS]  # type: ignore[attr-defined]
    assert (reseal(), reseal()) == (2, 0)
    settings.PERSONAL_DATA_KEYS = settings.PERSONAL_DATA_KEYS[:1]  # type: ignore[attr-defined]
    photo.refresh_from_db()
    assert (served(photo).content, served(photo, small=True).content) == (before, small)


def test_a_big_upload_waits_on_disk(by: User) -> None:
    """What the browser sends beyond 2.5 MB is a file of the operating system before anything here looks at it."""
    with TemporaryUploadedFile("big.jpg", "image/jpeg", 16 * MEGABYTE, None) as file, pytest.raises(Refused):
        keep_photo(file, by=by)
    assert attachments.PHOTO_BYTES < 16 * MEGABYTE
