"""The addresses of the larger rooms, a module for each: its PAGES, and `fill`, which adds rows of its models in a region."""

from importlib import import_module
from pkgutil import iter_modules

from regions.models import Region
from tests.house.pages import Page

PARTS = [import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__)]
PAGES: dict[str, Page] = {name: page for part in PARTS for name, page in part.PAGES.items()}


def fill(region: Region) -> None:
    for part in PARTS:
        part.fill(region)
