"""Pictures drawn on the spot, and attachments that are really stored."""

import io
from typing import Any

import factory
from django.core.files.uploadedfile import SimpleUploadedFile
from factory.django import DjangoModelFactory
from PIL import Image

from core.attachments import keep_photo
from core.models import Attachment


def picture(width: int = 640, height: int = 800, kind: str = "JPEG", mode: str = "RGB", **saved: Any) -> bytes:
    """A plain picture as a file; `saved` goes to Pillow's `save` (exif, pnginfo, …)."""
    written = io.BytesIO()
    Image.linear_gradient("L").resize((width, height)).convert(mode).save(written, kind, **saved)
    return written.getvalue()


def uploaded(content: bytes | None = None, name: str = "photo.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, picture() if content is None else content)


class PhotoFactory(DjangoModelFactory):
    """A photo as `keep_photo` keeps it, with its files."""

    class Meta:
        model = Attachment

    by = factory.SubFactory("tests.factories.UserFactory")

    @classmethod
    def _create(cls, model_class: type[Attachment], *args: Any, **kwargs: Any) -> Attachment:
        return keep_photo(uploaded(kwargs.get("content")), by=kwargs["by"])
