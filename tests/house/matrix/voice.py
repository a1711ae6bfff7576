"""The page where workers speak, and where they look up what became of it. Nobody signs in to either."""

from regions.models import Region
from tests.house.matrix.public import board_args
from tests.house.pages import BOTH, Page

PAGES: dict[str, Page] = {
    "voice": Page(board_args, methods=BOTH, has_unit=False, is_public=True),
    # An empty form holds no code, and what opens nothing is a 404 whoever asks.
    "voice-reply": Page(methods=BOTH, has_unit=False, is_public=True, ok=frozenset({200, 404})),
}


def fill(region: Region) -> None:
    """Its rows are cases, of which there are some already."""
