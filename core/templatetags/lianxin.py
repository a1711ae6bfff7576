"""The look in tags: icons, pills, sparklines, meters. A builtin of the template engine, so no page needs to load it."""

import json
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path

from django import template
from django.forms import BaseForm
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

register = template.Library()

ICONS = Path(__file__).resolve().parent.parent / "icons.json"
# The icon of a tone when a pill names none, so that no state is ever told by colour alone.
TONES = {
    "": "circle",
    "go": "hourglass-split",
    "soon": "clock-fill",
    "ok": "check-circle-fill",
    "late": "exclamation-triangle-fill",
}
Point = tuple[float, float]


@cache
def _icons() -> dict[str, SafeString]:
    """Path data by name. It is markup of our own: the file is part of the code and takes no input."""
    icons = json.loads(ICONS.read_text(encoding="utf-8"))["icons"]
    return {name: SafeString(paths) for name, paths in icons.items()}


@register.simple_tag
def icon(name: str, label: str = "", css: str = "") -> SafeString:
    """An inline icon. Beside a word it is decoration; standing alone it needs `label`. An unknown name fails loudly."""
    spoken = format_html('role="img" aria-label="{}"', label) if label else SafeString('aria-hidden="true"')
    classes = f"lx-i {css}".strip()
    return format_html('<svg class="{}" viewBox="0 0 16 16" {}>{}</svg>', classes, spoken, _icons()[name])


@register.simple_tag
def pill(word: str, tone: str = "", name: str = "") -> SafeString:
    """The state of one thing: icon and word, then colour. `tone` is one of TONES; `name` an icon other than the tone's own."""
    modifier = f" lx-pill--{tone}" if tone else ""
    return format_html('<span class="lx-pill{}">{}{}</span>', modifier, icon(name or TONES[tone]), word)


@register.simple_tag
def meter(done: float, total: float, tone: str = "") -> SafeString:
    """The share done as a bar; the words beside it speak. Lengths are SVG attributes because the policy forbids inline styles."""
    share = min(max(float(done) / float(total), 0), 1) if total else 0
    return format_html(
        '<svg class="lx-meter" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="bed" width="100" height="8"/><rect class="fill{}" width="{}" height="8"/></svg>',
        f" is-{tone}" if tone else "",
        round(share * 100, 1),
    )


@register.simple_tag
def spark(values: Iterable[float | None], tone: str = "", width: int = 132, height: int = 26) -> SafeString:
    """A trend beside its figure, oldest first. A month without a value leaves a gap: blank is not zero."""
    runs = _runs(_points(list(values), width, height))
    if not runs:
        return SafeString("")
    lines = format_html_join("", '<polyline points="{}"/>', ((_path(run),) for run in runs if len(run) > 1))
    lone = format_html_join("", '<circle class="lone" cx="{}" cy="{}" r="1.5"/>', (run[0] for run in runs if len(run) == 1))
    return format_html(
        '<svg class="lx-spark{}" width="{}" height="{}" viewBox="0 0 {} {}" aria-hidden="true">'
        '{}{}<circle class="now" cx="{}" cy="{}" r="3"/></svg>',
        f" is-{tone}" if tone else "",
        *(width, height, width, height, lines, lone),
        *runs[-1][-1],
    )


def _points(values: Sequence[float | None], width: int, height: int) -> list[Point | None]:
    """Values scaled into the box, 2 px from the sides and 3 px from top and bottom; a flat line lies at the bottom."""
    known = [float(value) for value in values if value is not None]
    low, span = (min(known), (max(known) - min(known)) or 1) if known else (0, 1)
    step = (width - 4) / max(len(values) - 1, 1)
    return [
        None if value is None else (round(2 + i * step, 1), round(height - 3 - (float(value) - low) / span * (height - 6), 1))
        for i, value in enumerate(values)
    ]


def _runs(points: Sequence[Point | None]) -> list[list[Point]]:
    """Unbroken stretches of points."""
    runs: list[list[Point]] = [[]]
    for point in points:
        if point is None:
            runs.append([])
        else:
            runs[-1].append(point)
    return [run for run in runs if run]


def _path(run: Iterable[Point]) -> str:
    return " ".join(f"{x},{y}" for x, y in run)


@register.filter
def figure(value: float | Decimal | str | None) -> SafeString | str:
    """9,412 or 97.6; words such as 27/29 stay as they are. No value is a dash that is read aloud: blank is not zero."""
    if value is None or value == "":
        return format_html(
            '<span class="lx-blank"><span aria-hidden="true">—</span><span class="visually-hidden">{}</span></span>', _("no data")
        )
    if isinstance(value, str):
        return value
    return f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"


@register.filter
def active_count(form: BaseForm) -> int:
    """How many fields of a filter form the reader has set; a range of two counts as one."""
    if not form.is_bound:
        return 0
    values = (bound.data for bound in form)
    return sum(any(value) if isinstance(value, list) else bool(value) for value in values)
