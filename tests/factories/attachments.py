"""Pictures drawn on the spot, and attachments that are really stored."""

import io
from functools import cache
from typing import Any

import factory
from django.core.files.uploadedfile import SimpleUploadedFile
from factory.django import DjangoModelFactory
from PIL import Image

from core import attachments
from core.attachments import Picture
from core.models import Attachment


def picture(width: int = 320, height: int = 400, kind: str = "JPEG", mode: str = "RGB", **saved: Any) -> bytes:
    """A plain picture as a file; `saved` goes to Pillow's `save` (exif, pnginfo, …)."""
    written = io.BytesIO()
    Image.linear_gradient("L").resize((width, height)).convert(mode).save(written, kind, **saved)
    return written.getvalue()


@cache
def plain_picture() -> bytes:
    return picture()


def uploaded(content: bytes | None = None, name: str = "photo.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, plain_picture() if content is None else content)


@cache
def _drawn(content: bytes) -> tuple[Picture, Picture]:
    """The large and the small one. To draw them takes nearly all the time of a photo, and they come out the same each time."""
    opened = attachments._opened(content)
    large = attachments._drawn(opened, attachments.PHOTO_SIDE, attachments.PHOTO_QUALITY)
    return large, attachments._drawn(opened, attachments.SMALL_SIDE, attachments.SMALL_QUALITY)


class PhotoFactory(DjangoModelFactory):
    """A photo as `keep_photo` keeps it, with files of its own; each picture is drawn once in a process."""

    class Meta:
        model = Attachment

    by = factory.SubFactory("tests.factories.UserFactory")

    @classmethod
    def _create(cls, model_class: type[Attachment], *args: Any, **kwargs: Any) -> Attachment:
        large, small = _drawn(kwargs.get("content") or plain_picture())
        return attachments._keep(Attachment.Kind.PHOTO, "photo.jpg", large, small, by=kwargs["by"])
