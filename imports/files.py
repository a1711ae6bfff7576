"""The uploaded file of an import, kept encrypted until it is closed: in pieces, for a statement with twenty megabytes in it would
take ten times as much memory."""

from imports.models import ImportFile, ImportJob

PIECE = 256 * 1024


def keep(job: ImportJob, data: bytes) -> None:
    for number, start in enumerate(range(0, max(len(data), 1), PIECE)):
        ImportFile.objects.create(job=job, number=number, content=data[start : start + PIECE])


def content_of(job: ImportJob) -> bytes:
    """Empty where nothing is kept any more."""
    pieces = ImportFile.objects.filter(job=job).order_by("number").values_list("content", flat=True)
    return b"".join(pieces.iterator(chunk_size=4))


def is_kept(job: ImportJob) -> bool:
    return ImportFile.objects.filter(job=job).exists()


def drop(job: ImportJob) -> None:
    ImportFile.objects.filter(job=job).delete()
