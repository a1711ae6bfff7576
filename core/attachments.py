"""Photos and documents that people upload: checked by content, encrypted in private storage, served by the row they belong to.

A photo is never stored as it came. It is opened, turned upright, drawn anew on white and written as JPEG, so that nothing that a
camera or a program put beside the picture (place, time, device, names, thumbnails) survives. What cannot be kept raises Refused.

    attachment = keep_photo(request.FILES.get("photo"), by=request.user)
    return served(attachment, small=True)
"""

import hashlib
import io
import logging
import secrets
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from core.encryption import current_key_id, decrypt_bytes, encrypt_bytes
from core.models import Attachment
from core.refusals import Refused
from core.scope import Person

MEGABYTE = 1024 * 1024
PHOTO_BYTES, DOCUMENT_BYTES = 15 * MEGABYTE, 10 * MEGABYTE
PHOTO_SIDE, SCAN_SIDE, SMALL_SIDE = 1600, 2400, 240  # pixels of the longer side
# A JPEG is opened at a fraction of its size, other kinds as a whole: 4 bytes a pixel and a copy of it.
JPEG_PIXELS, OTHER_PIXELS = 52_000_000, 16_000_000
PHOTO_QUALITY, SMALL_QUALITY = 82, 68
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP")
SMOOTH = ("L", "LA", "RGB", "RGBA", "CMYK")  # modes in which colours can be mixed
HEIF_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis")
PDF_HEAD, PDF_TAIL, PDF_TAIL_WITHIN = b"%PDF-", b"%%EOF", 2048
FOLDER = "attachments"
HEADERS = {
    "Cache-Control": "private, no-store",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
}

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture drawn anew: JPEG bytes, and how large it is in pixels."""

    content: bytes
    width: int
    height: int


def keep_photo(upload: UploadedFile | None, *, by: Person) -> Attachment:
    """Store a photo of at most 15 MB: JPEG, 1,600 pixels at most, and a small one of 240. Raises Refused."""
    data = _read(upload, PHOTO_BYTES)
    picture = _opened(data)
    large, small = _drawn(picture, PHOTO_SIDE, PHOTO_QUALITY), _drawn(picture, SMALL_SIDE, SMALL_QUALITY)
    return _keep(Attachment.Kind.PHOTO, "photo.jpg", large, small, by=by)


def drawn_anew(upload: UploadedFile) -> bytes:
    """A photo as `keep_photo` would store the large one, for whoever keeps it elsewhere: as JPEG bytes. Raises Refused."""
    return _drawn(_opened(_read(upload, PHOTO_BYTES)), PHOTO_SIDE, PHOTO_QUALITY).content


def keep_document(upload: UploadedFile | None, *, by: Person) -> Attachment:
    """Store a document of at most 10 MB: a PDF as it is, or a picture, drawn anew like a photo. Raises Refused."""
    data = _read(upload, DOCUMENT_BYTES)
    name = _plain_name(upload.name or "" if upload else "")
    if data.lstrip(b"\xef\xbb\xbf\r\n\t \x00").startswith(PDF_HEAD):
        if PDF_TAIL not in data[-PDF_TAIL_WITHIN:]:
            raise Refused(_("The PDF is incomplete. Please upload it once more."))
        return _keep(Attachment.Kind.DOCUMENT, f"{name}.pdf", data, by=by)
    picture = _opened(data, _("Only PDF files and pictures can be kept here. Save the document as PDF, or photograph it."))
    return _keep(Attachment.Kind.DOCUMENT, f"{name}.jpg", _drawn(picture, SCAN_SIDE, PHOTO_QUALITY), by=by)


def served(attachment: Attachment, *, small: bool = False) -> HttpResponse:
    """The content, for whoever may see the row it belongs to (the caller's business). A file that has gone is a 404."""
    stored = attachment.small if small and attachment.small else attachment.content
    response = HttpResponse(_content(stored.name), content_type=attachment.content_type, headers=HEADERS)
    is_document = attachment.kind == Attachment.Kind.DOCUMENT
    response["Content-Disposition"] = content_disposition_header(is_document, attachment.name) or "inline"
    return response


def drop(attachment: Attachment) -> None:
    """Delete the row, and its files once that is certain. A row that is still referred to raises ProtectedError."""
    names = [name for name in (attachment.content.name, attachment.small.name) if name]
    attachment.delete()
    transaction.on_commit(lambda: _delete(names))


def sweep(before: datetime) -> int:
    """Delete stored files to which no row refers (an upload that broke off), if older than `before`; says how many."""
    rows = Attachment.objects.values_list("content", "small")
    known = {name for names in rows.iterator() for name in names if name}
    lost = [name for name in _stored() if name not in known and default_storage.get_modified_time(name) < before]
    _delete(lost)
    return len(lost)


def reseal() -> int:
    """Encrypt under the current key every file that an older one still opens; says how many."""
    done = 0
    for attachment in Attachment.objects.order_by("pk").iterator():
        for field in ("content", "small"):
            done += _resealed(attachment, field)
    return done


def _resealed(attachment: Attachment, field: str) -> bool:
    """Beside the old file first: whatever breaks in between, the row names a file that opens."""
    old = getattr(attachment, field).name
    if not old or not default_storage.exists(old):
        return False
    with default_storage.open(old) as file:
        sealed = file.read()
    if sealed.startswith(f"{current_key_id()}:".encode()):
        return False
    setattr(attachment, field, _store(decrypt_bytes(sealed)))
    attachment.save(update_fields=[field])
    _delete([old])
    return True


def _read(upload: UploadedFile | None, limit: int) -> bytes:
    """Judged by its size before a byte is read: whatever is bigger stays on disk, where the upload has put it."""
    if upload is None:
        raise Refused(_("Please choose a file first."))
    if (upload.size or 0) > limit:
        raise Refused(_("The file is too big: at most %(limit)d MB.") % {"limit": limit // MEGABYTE})
    data: bytes = upload.read()
    if not data:
        raise Refused(_("The file is empty. Please choose it once more."))
    return data


def _opened(data: bytes, otherwise: str = "") -> Image.Image:
    """The picture upright, in colours on white, with nothing beside it. `otherwise`: the words for what is no picture."""
    try:
        picture = Image.open(io.BytesIO(data), formats=FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Refused(_too_many_pixels()) from error
    except Exception as error:  # whatever a damaged or hostile file makes the reader stumble over
        raise Refused(
            _heic() if _is_heif(data) else otherwise or _("This is not a photo. Please choose a JPG or PNG picture.")
        ) from error
    is_jpeg = picture.format in ("JPEG", "MPO")
    if picture.width * picture.height > (JPEG_PIXELS if is_jpeg else OTHER_PIXELS):
        raise Refused(_too_many_pixels())
    try:
        return _on_white(_upright(picture))
    except Exception as error:
        raise Refused(_("The picture is incomplete or damaged. Please upload it once more.")) from error


def _is_heif(data: bytes) -> bool:
    return data[4:8] == b"ftyp" and data[8:12] in HEIF_BRANDS


def _heic() -> str:
    return _("This phone saved the photo as HEIC, which does not open here. Send a screenshot of it, or set the camera to JPEG.")


def _too_many_pixels() -> str:
    return _("The picture has too many pixels. Set the camera to a smaller picture, or send a screenshot of it.")


def _upright(picture: Image.Image) -> Image.Image:
    """The first picture of a moving one, as the camera was held; no larger than is needed, before anything is copied."""
    picture.draft("RGB", (SCAN_SIDE, SCAN_SIDE))  # a JPEG is decoded at a fraction of its size
    picture.seek(0)
    picture.load()
    if picture.mode in SMOOTH:
        picture.thumbnail((SCAN_SIDE, SCAN_SIDE), Image.Resampling.LANCZOS)
    return ImageOps.exif_transpose(picture)


def _on_white(picture: Image.Image) -> Image.Image:
    """A new picture, which cannot carry anything over from the old one."""
    if picture.mode.startswith("I"):  # 16 bits a pixel
        picture = picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    clean = Image.new("RGB", picture.size, "white")
    if picture.has_transparency_data:
        layer = picture.convert("RGBA")
        clean.paste(layer, mask=layer.getchannel("A"))
    else:
        clean.paste(picture.convert("RGB"))
    return clean


def _drawn(picture: Image.Image, side: int, quality: int) -> Picture:
    sized = picture.copy()
    sized.thumbnail((side, side), Image.Resampling.LANCZOS)
    written = io.BytesIO()
    sized.save(written, "JPEG", quality=quality, optimize=True)
    return Picture(written.getvalue(), sized.width, sized.height)


def _keep(kind: str, name: str, content: Picture | bytes, small: Picture | None = None, *, by: Person) -> Attachment:
    """The files before the row: what breaks off in between leaves a file that nobody knows, never a row without its file."""
    drawn = content if isinstance(content, Picture) else None
    data = drawn.content if drawn else content
    assert isinstance(data, bytes)  # noqa: S101 - for the type checker
    facts: dict[str, Any] = {"width": drawn.width, "height": drawn.height} if drawn else {}
    return Attachment.objects.create(
        kind=kind,
        name=name,
        content_type="image/jpeg" if drawn else "application/pdf",
        content=_store(data),
        small=_store(small.content) if small else "",
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        by=by,
        **facts,
    )


def _store(data: bytes) -> str:
    """Under a name drawn at random, which tells nothing and cannot be guessed."""
    return default_storage.save(f"{FOLDER}/{secrets.token_hex(16)}", ContentFile(encrypt_bytes(data)))


def _content(name: str | None) -> bytes:
    try:
        with default_storage.open(name or "") as file:
            return decrypt_bytes(file.read())
    except (FileNotFoundError, IsADirectoryError) as error:
        log.error("An attachment's file is missing: %s", name)
        raise Http404 from error


def _stored() -> Iterator[str]:
    if default_storage.exists(FOLDER):
        yield from (f"{FOLDER}/{name}" for name in default_storage.listdir(FOLDER)[1])


def _delete(names: list[str]) -> None:
    for name in names:
        default_storage.delete(name)


def _plain_name(name: str) -> str:
    """The name that a document was sent under, without its ending, signs that cannot be seen, and paths."""
    stem = name.replace("\\", "/").rpartition("/")[2].rpartition(".")[0] or name
    seen = "".join(
        sign for sign in unicodedata.normalize("NFC", stem) if unicodedata.category(sign)[0] not in "CZ" or sign == " "
    )
    return seen.strip(" .")[:90] or _("document")
