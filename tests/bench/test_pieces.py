"""The benchmark still measures what it says, with a few rows; how fast anything is, no test says."""

import json
import time
from argparse import Namespace
from collections.abc import Iterator
from datetime import date
from itertools import cycle
from pathlib import Path
from typing import Any
from urllib.error import URLError

import pytest
from django.db import connection

import dev
from core.audit import AuditKind
from core.models import AuditEvent
from imports.checking import check
from labour_teams.models import Engagement, Worker
from labour_teams.roster import ROSTER
from tests.bench import floor, imports, ours, process, roster, site, stock, stopwatch, traffic
from tests.bench.process import CLERK
from tests.bench.summary import PARTS, as_table, summary
from tests.factories import PASSWORD

ROWS = 50


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    return roster.write(tmp_path / "花名册.xlsx", ROWS)


@pytest.fixture
def place(db: None) -> None:
    site.fill()


def rows(*columns: str) -> list[tuple[Any, ...]]:
    """The roster as it was written, in the order of the sheet."""
    return list(Engagement.objects.order_by("pk").values_list(*columns))


def cleared() -> None:
    """A test is one transaction: what waits for its end must be checked before a table can be emptied."""
    connection.check_constraints()
    site.clear()


def test_the_invented_roster_has_nothing_to_object_to(workbook: Path) -> None:
    checked = check(workbook.read_bytes(), workbook.name, ROSTER, date(2026, 6, 30))
    assert (checked.issues, len(checked.rows), len(checked.columns)) == ([], ROWS, 15)
    assert {row.values["labour_team"] for row in checked.rows} <= set(roster.TEAMS)
    assert {row.values["sex_code"] for row in checked.rows} == {"1", "2"}
    numbers = {roster.id_number(n) for n in range(0, 1_000_000, 997)}
    assert len(numbers) == len(range(0, 1_000_000, 997))


def test_ours_is_written_once_and_every_step_is_seen(place: None, workbook: Path) -> None:
    first, again, preview = ours.first(workbook), ours.again(workbook), ours.preview(workbook)
    assert (first["counts"], again["counts"], preview["counts"]) == ({"new": ROWS}, {"same": ROWS}, {"same": ROWS})
    assert Engagement.objects.count() == ROWS
    unseen = {name for name, seconds in first["steps"].items() if not seconds}
    assert unseen <= {"commit"}  # a test never commits
    assert {*first["steps"]} == {*stopwatch.NAMES}
    assert sum(first["steps"].values()) <= first["seconds"] + 0.01
    assert (first["child_peak_mb"] > 1, first["cpu_s"] > 0.01) == (True, True)


def test_stock_writes_the_same_people(place: None, tmp_path: Path) -> None:
    columns = ("worker__id_number_hash", "name", "team__name", "crew__name", "trade", "bank_card_hash", "entered_on", "left_on")
    few = roster.write(tmp_path / "花名册.xlsx", 8)
    ours.first(few)
    wanted = rows(*columns)
    cleared()
    assert stock.run(few) == 8
    assert rows(*columns) == wanted


@pytest.mark.postgresql_only
def test_the_floor_writes_the_same_rows_unencrypted(place: None, workbook: Path) -> None:
    columns = ("name", "team__name", "crew__name", "trade", "native_place", "phone_tail", "entered_on", "left_on", "remark")
    ours.first(workbook)
    wanted = sorted(rows(*columns))
    cleared()
    assert floor.run(workbook) == ROWS
    assert sorted(rows(*columns)) == wanted
    assert Worker.objects.filter(id_number_hash=roster.id_number(0)).exists()


class Inside:
    """A process of the benchmark that is this one."""

    def ask(self, do: str, **facts: Any) -> dict[str, Any]:
        connection.check_constraints()
        return dict(process.answer(json.dumps({"do": do, **facts}, default=str)))


@pytest.mark.postgresql_only
def test_a_lap_of_all_contenders(place: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("STOCK_ROWS", "PREVIEW_ROWS", "WARM_UP"):
        monkeypatch.setattr(imports, name, 10)
    here: Any = Inside()
    laps = imports.race(here, here, tmp_path, Namespace(rows=ROWS, runs=1))
    found = summary(ROWS, laps, here.ask("reading", path=tmp_path / "roster.xlsx"), DURING)
    assert found["laps"].keys() == {"floor", "first", "again", "preview", "stock"}
    assert {*found["breakdown"]} == {*PARTS}


DURING = {"requests": 2, "failed": 0, "p50_ms": 1.0, "p95_ms": 2.0, "worst_ms": 3.0, "quiet_p50_ms": 0.5, "import_s": 1.0}


def test_the_summary_is_of_medians() -> None:
    lap = {"steps": dict.fromkeys(stopwatch.NAMES, 0.1), "child_peak_mb": 30.0, "web_peak_mb": 5.0, "rows": 100}
    lap |= {"cpu_s": 1.0, "database_cpu_s": 0.5}
    laps = {
        name: [{**lap, "seconds": seconds * factor} for factor in (1, 9, 1.1)]
        for name, seconds in {"floor": 1.0, "first": 2.0, "again": 1.0, "preview": 0.5, "stock": 5.0}.items()
    }
    found = summary(1_000, laps, {"guard": 0.1, "parse": 0.2}, DURING)
    assert (found["ours_s"], found["floor_s"], found["ours_rows_per_s"]) == (2.2, 1.1, round(1_000 / 2.2))
    assert found["ratios"] == {"ours_to_floor": 2.0, "ours_to_stock": 25.0, "reimport_to_first": 0.5}
    wanted = "rows ours_s floor_s stock_rows_per_s ours_rows_per_s reimport_s child_peak_mb web_peak_mb".split()
    assert {*wanted, "preview_2000_s", "p95_during_import_ms"} <= found.keys()
    assert "ours_to_floor" in as_table(found)


def test_a_visitor_reads_and_writes(transactional_db: None, live_server: Any, workbook: Path) -> None:
    site.fill()
    ours.first(workbook)
    visitor = traffic.Visitor(live_server.url)
    visitor.sign_in(CLERK, PASSWORD)
    errands = visitor.errands()
    pages = [next(errands)() for _errand in range(3)]
    assert all("<h1" in page for page in pages)
    assert AuditEvent.objects.filter(kind=AuditKind.REVEAL).count() == 1


def test_requests_leave_on_time_and_failures_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(traffic, "EVERY", 0.001)

    class Importer:
        def ask(self, do: str, path: str) -> dict[str, float]:
            time.sleep(0.02)
            return {"seconds": 0.02}

    def refused() -> str:
        raise URLError("busy")

    errands: Iterator[Any] = cycle((str, refused))
    importer: Any = Importer()
    met, seconds = traffic.during(importer, lambda count, first: "x.xlsx", errands, 5)
    assert len(met) >= 5
    assert {is_answered for _seconds, is_answered in met} == {True, False}
    assert set(seconds) == {0.02}


def test_the_command_hands_its_options_on(monkeypatch: pytest.MonkeyPatch) -> None:
    became: list[tuple[str, ...]] = []
    monkeypatch.setattr(dev, "install", lambda *extras: None)
    monkeypatch.setattr(dev, "become", lambda *arguments: became.append(arguments))
    dev.bench(["import", "--rows", "5"])
    assert became == [("-m", "tests.bench.imports", "--rows", "5")]
    with pytest.raises(SystemExit, match="bench import"):
        dev.bench([])
