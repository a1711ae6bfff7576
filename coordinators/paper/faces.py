"""Which photos of a printed version are still there: a photo may be replaced or deleted after the printing."""

from collections.abc import Mapping
from typing import Any

from core.models import Attachment


def with_photo(stored: Mapping[str, Any]) -> frozenset[int]:
    """Which people (by their place in the content) have a photo that is still there; the others are drawn as a silhouette."""
    photos = stored["photos"]
    there = set(Attachment.objects.filter(pk__in=photos.values()).values_list("pk", flat=True)) if photos else set()
    people = enumerate(stored["said"]["people"])
    return frozenset(index for index, person in people if photos.get(person["photo"]) in there)
