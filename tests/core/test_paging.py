"""Keyset paging walks every row once, both ways."""

import pytest

from core.paging import keyset_page
from regions.models import Region
from tests.factories import RegionFactory

ORDER = ("order", "pk")


@pytest.fixture
def regions(db: None) -> list[int]:
    return [RegionFactory(order=index % 3).pk for index in range(7)]


def walk(size: int) -> list[list[int]]:
    pages, token = [], None
    while True:
        page = keyset_page(Region.objects.all(), order=ORDER, after=token, size=size)
        pages.append([region.pk for region in page.rows])
        if not page.next:
            return pages
        token = page.next


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8])
def test_every_row_comes_once_in_order(regions: list[int], size: int) -> None:
    expected = list(Region.objects.order_by(*ORDER).values_list("pk", flat=True))
    assert [pk for page in walk(size) for pk in page] == expected


def test_back_leads_to_the_page_before(regions: list[int]) -> None:
    first = keyset_page(Region.objects.all(), order=ORDER, size=3)
    second = keyset_page(Region.objects.all(), order=ORDER, after=first.next, size=3)
    back = keyset_page(Region.objects.all(), order=ORDER, before=second.previous, size=3)
    assert [row.pk for row in back.rows] == [row.pk for row in first.rows]
    assert back.previous == ""
    assert first.previous == ""


@pytest.mark.parametrize("token", ["", "x", "e30=", "W10=", "WzEsIHsiYSI6IDF9XQ==", "WyJhIiwgImIiXQ==", "é"])
def test_a_made_up_token_never_fails(regions: list[int], token: str) -> None:
    page = keyset_page(Region.objects.all(), order=ORDER, after=token, size=3)
    assert len(page.rows) in (0, 3)
