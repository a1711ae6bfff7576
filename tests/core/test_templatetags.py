"""The tags of the look: what they draw, and that every page uses only what exists."""

import hashlib
import json
import re
from decimal import Decimal
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.http import QueryDict
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory

from core.context import NavItem, site
from core.templatetags import lianxin

TEMPLATES = sorted((settings.BASE_DIR / "templates").rglob("*.html"))
ICONS = json.loads(lianxin.ICONS.read_text(encoding="utf-8"))["icons"]


class Person:
    """Somebody signed in, as far as the frame of a page looks at him."""

    is_authenticated = True
    must_change_password = False
    name = "周明山"
    post_title = "湖南片区·片区协理员"


class Anybody:
    is_authenticated = False


class FilterForm(forms.Form):
    search = forms.CharField(required=False)
    region = forms.ChoiceField(choices=[("", "all"), ("hn", "湖南")], required=False)


def render(source: str, **context: object) -> str:
    return engines["django"].from_string(source).render(context)


def items_for(request: object) -> list[NavItem]:
    """Six ways in: more than the dock of a phone holds."""
    return [NavItem(f"entry {n}", f"/{n}/", "house", current=n == 1) for n in range(6)]


def page_of(user: object, settings: object, **cookies: str) -> str:
    settings.NAVIGATION = "tests.core.test_templatetags.items_for"
    request = RequestFactory().get("/somewhere/?a=1")
    request.user = user
    request.COOKIES.update(cookies)
    return render_to_string("base.html", {"user": user}, request=request)


def test_icon_beside_a_word_is_hidden_from_readers() -> None:
    drawn = render('{% icon "clock" %}')
    assert drawn.startswith('<svg class="lx-i" viewBox="0 0 16 16" aria-hidden="true"><path d="M8 3.5')
    assert "<script" not in drawn


def test_icon_alone_speaks_its_label_escaped() -> None:
    assert 'role="img" aria-label="a &lt;b&gt;"' in render('{% icon "clock" label %}', label="a <b>")


def test_unknown_icon_fails_loudly() -> None:
    with pytest.raises(KeyError):
        render('{% icon "no-such-icon" %}')


@pytest.mark.parametrize("tone", ["", "go", "soon", "ok", "late"])
def test_pill_has_icon_word_and_tone(tone: str) -> None:
    drawn = render("{% pill word tone %}", word="已退回<", tone=tone)
    assert ICONS[lianxin.TONES[tone]] in drawn
    assert "已退回&lt;" in drawn
    assert (f"lx-pill--{tone}" in drawn) is bool(tone)


def test_pill_may_name_its_own_icon() -> None:
    assert ICONS["send"] in render('{% pill "已提交" "go" "send" %}')


@pytest.mark.parametrize(("done", "total", "width"), [(41, 46, "89.1"), (0, 5, "0.0"), (7, 5, "100"), (0, 0, "0")])
def test_meter_is_as_long_as_the_share_done(done: int, total: int, width: str) -> None:
    assert f'class="fill" width="{width}"' in render("{% meter done total %}", done=done, total=total)


def test_spark_scales_into_its_box_and_marks_the_last_point() -> None:
    drawn = render("{% spark values '' 104 26 %}", values=[0, 5, 10])
    assert '<polyline points="2.0,23.0 52.0,13.0 102.0,3.0"/>' in drawn
    assert '<circle class="now" cx="102.0" cy="3.0" r="3"/>' in drawn


def test_spark_leaves_a_gap_where_nothing_was_recorded() -> None:
    drawn = render("{% spark values '' 104 26 %}", values=[0, None, 4, 8])
    assert drawn.count("<polyline") == 1
    assert '<circle class="lone" cx="2.0" cy="23.0"' in drawn


@pytest.mark.parametrize("values", [[], [None, None]])
def test_spark_of_nothing_draws_nothing(values: list[None]) -> None:
    assert render("{% spark values %}", values=values) == ""


@pytest.mark.parametrize(
    ("value", "shown"),
    [(9412, "9,412"), (0, "0"), (Decimal("240000.00"), "240,000.00"), (97.6, "97.6"), ("27/29", "27/29"), ("<b>", "&lt;b&gt;")],
)
def test_figure_shows_a_number_as_people_read_it(value: object, shown: str) -> None:
    assert render("{{ value|figure }}", value=value) == shown


@pytest.mark.parametrize("value", [None, ""])
def test_figure_without_value_is_a_spoken_dash_and_not_zero(value: object) -> None:
    drawn = render("{{ value|figure }}", value=value)
    assert "—" in drawn
    assert "visually-hidden" in drawn
    assert "0" not in drawn


@pytest.mark.parametrize(
    ("query", "count"), [("", 0), ("search=&region=", 0), ("search=a", 1), ("search=a&region=hn&other=1", 2)]
)
def test_active_count_counts_filters_that_are_set(query: str, count: int) -> None:
    assert lianxin.active_count(FilterForm(QueryDict(query))) == count


def test_a_group_of_choices_is_a_fieldset_with_legend_and_described_error(settings: object) -> None:
    settings.BOOTSTRAP5 = settings.BOOTSTRAP5 | {"field_renderers": {"default": "core.rendering.FieldRenderer"}}

    class Choice(forms.Form):
        kind = forms.ChoiceField(choices=[("a", "A")], widget=forms.RadioSelect, label="Kind", help_text="one of them")

    drawn = render("{% load django_bootstrap5 %}{% bootstrap_field form.kind %}", form=Choice({}))
    assert re.search(r"<fieldset[^>]*aria-describedby=\"id_kind_helptext id_kind_error\"><legend[^>]*>Kind</legend>", drawn)
    assert 'id="id_kind_error"' in drawn


def test_every_icon_that_a_template_names_exists() -> None:
    named = {name for path in TEMPLATES for name in re.findall(r'{% icon "([^"]+)"', path.read_text(encoding="utf-8"))}
    assert named
    assert named <= set(ICONS)


def test_icons_carry_no_style_script_or_id() -> None:
    assert not [name for name, paths in ICONS.items() if re.search(r"style|script|href|\bid=|\bon\w+=", paths)]


def test_no_template_carries_inline_style_or_script() -> None:
    inline = re.compile(r"\sstyle=|<style|\son[a-z]+=\"|<script(?![^>]*\ssrc=)")
    assert not [path.name for path in TEMPLATES if inline.search(path.read_text(encoding="utf-8"))]


def test_the_page_shows_navigation_and_account_to_who_signed_in(settings: object) -> None:
    page = page_of(Person(), settings)
    assert page.count('aria-current="page"') == 2  # bar and dock
    assert "周明山" in page
    assert "湖南片区·片区协理员" in page
    assert page.count("entry 5</a>") == 2
    assert page.count("<h1>") == 1
    assert 'id="main"' in page


def test_the_page_shows_no_navigation_to_strangers_and_before_the_first_password(settings: object) -> None:
    newcomer = Person()
    newcomer.must_change_password = True
    assert "entry 1" not in page_of(Anybody(), settings)
    page = page_of(newcomer, settings)
    assert "entry 1" not in page
    assert "/sign-out/" in page


@pytest.mark.parametrize(("cookie", "attribute"), [("dark", True), ("light", True), ('"><script>', False)])
def test_the_page_takes_only_known_themes_from_the_cookie(settings: object, cookie: str, attribute: bool) -> None:
    page = page_of(Anybody(), settings, theme=cookie)
    assert (f'data-bs-theme="{cookie}"' in page) is attribute
    assert ("data-bs-theme" in page) is attribute


def test_context_of_a_request_that_was_refused_before_sign_in_has_no_navigation() -> None:
    context = site(RequestFactory().get("/"))
    assert list(context["nav"]) == []
    assert str(context["post_title"]) == ""


@pytest.mark.parametrize("name", ["400.html", "500.html", "503.html"])
def test_pages_of_last_resort_need_no_context(name: str, settings: object) -> None:
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}  # and no manifest was built
    }
    page = render_to_string(name)
    assert page.count("<h1") == 1
    assert '/static/css/lianxin.css"' in page


def test_vendored_files_are_the_recorded_ones() -> None:
    vendored = json.loads((settings.BASE_DIR / "static/vendor/vendor.json").read_text(encoding="utf-8"))
    assert [item["name"] for item in vendored] == ["bootstrap", "bootstrap-icons"]
    for item in vendored:
        content = Path(settings.BASE_DIR / item["file"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == item["sha256"], item["file"]
        assert (settings.BASE_DIR / item["licence_file"]).is_file()
        assert b"sourceMappingURL" not in content
