"""The drawn path is the code that segno made."""

import re

import segno
from hypothesis import given
from hypothesis import strategies as st

from coordinators.paper.qr import qr_of

RUN = re.compile(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z")


@given(st.text(alphabet=st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=90))
def test_every_dark_module_is_drawn_and_no_other(text: str) -> None:
    qr = qr_of(text)
    drawn = {(int(x) + step, int(y)) for x, y, length, _back in RUN.findall(qr.path) for step in range(int(length))}
    code = segno.make_qr(text, error="m", boost_error=False)
    assert drawn == {(x, y) for y, row in enumerate(code.matrix) for x, dark in enumerate(row) if dark}
    assert code.error == "M"


def test_the_quiet_zone_is_part_of_the_view() -> None:
    qr = qr_of("https://lianxin.example/w/ABCDEFGHJK/23456789/", quiet=4)
    assert qr.box == f"-4 -4 {qr.size + 8} {qr.size + 8}"
