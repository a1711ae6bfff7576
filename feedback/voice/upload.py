"""What is sent to the workers' page is held in memory: a temporary file would tell when it came, and outlive a crash.

Files beyond the limits are thrown away while they come in and leave their size behind; the words beside them are kept, so that
the page can give them back.
"""

from io import BytesIO
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest, QueryDict

MEGABYTE = 1024 * 1024
MOST_KEPT = 8 * MEGABYTE  # of all files together
MOST_READ = 32 * MEGABYTE  # of a body: what is bigger is not read at all


class InMemory(MemoryFileUploadHandler):
    """Whatever the size, never on disk."""

    held = 0

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:
        self.activated = True

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        self.is_dropped = False
        super().new_file(*args, **kwargs)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if self.is_dropped or self.held + len(raw_data) > MOST_KEPT:
            self.is_dropped = True
            self.held -= self.file.tell()
            self.file = BytesIO()
        else:
            self.held += len(raw_data)
            self.file.write(raw_data)

    def file_complete(self, file_size: int) -> Any:
        found: Any = super().file_complete(file_size)
        if found is not None:
            found.is_dropped = self.is_dropped
        return found


def read(request: HttpRequest) -> QueryDict:
    """Take in what was posted. Raises RequestDataTooBig, and MultiPartParserError from a body that is none."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_READ:
        raise RequestDataTooBig
    request.upload_handlers = [InMemory(request)]
    return request.POST


def is_dropped(upload: UploadedFile) -> bool:
    return bool(getattr(upload, "is_dropped", False))
