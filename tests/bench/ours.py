"""An import as the wizard does it: take the file in, read and compare it, write it. The process that runs this stands for the
web server's: its memory counts, and what the reading child used is told apart."""

from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

from django.db.models import Max

from imports import workflow
from imports.models import ImportJob
from imports.reading import guard, tables
from labour_teams.models import Engagement, Worker
from labour_teams.roster import ROSTER
from tests.bench import site
from tests.bench.cpu import Cpu
from tests.bench.memory import Memory
from tests.bench.stopwatch import Stopwatch

S = ImportJob.Status
Answer = dict[str, Any]


def first(path: Path) -> Answer:
    """Everybody is new."""
    before = Engagement.objects.count()
    answer = _measured(lambda: _written(path))
    _require(answer["counts"], new=Engagement.objects.count() - before)
    return answer


def again(path: Path) -> Answer:
    """The same file once more: nothing is new, and nothing may change."""
    before = _state()
    answer = _measured(lambda: _written(path))
    _require(answer["counts"], same=before[0])
    if _state() != before:
        raise RuntimeError("a second import of the same file changed the roster")
    return answer


def preview(path: Path) -> Answer:
    """Until the person sees the comparison."""
    return _measured(lambda: _previewed(path))


def reading(path: Path) -> Answer:
    """What the child does, on its own: its two parts run beside the parent's work in an import."""
    data, began = path.read_bytes(), perf_counter()
    container = guard.inspect(data, "xlsx")
    guarded = perf_counter()
    for _row in tables.Book(data, container).rows(0):
        pass
    return {"guard": guarded - began, "parse": perf_counter() - guarded}


def _previewed(path: Path) -> ImportJob:
    by = site.clerk()
    job = workflow.receive(site.project(), ROSTER.key, name=path.name, data=path.read_bytes(), by=by)
    return workflow.read(job, by=by)


def _written(path: Path) -> ImportJob:
    return workflow.write(_previewed(path), by=site.clerk())


def _measured(act: Callable[[], ImportJob]) -> Answer:
    watch, memory, cpu = Stopwatch(), Memory(), Cpu()
    with memory.watching(), cpu.watching():
        began = perf_counter()
        with watch.watching():
            job = act()
        seconds = perf_counter() - began
    if job.status not in (S.PREVIEWED, S.WRITTEN):
        raise RuntimeError(f"the import came to {job.status}: {job.problems}")
    counts = {name: number for name, number in job.counts.items() if number}
    steps = {name: round(spent, 4) for name, spent in watch.seconds.items()}
    facts = {"web_peak_mb": round(memory.increase, 1), "child_peak_mb": round(memory.child_peak, 1)}
    return {"seconds": seconds, "counts": counts, "steps": steps, **facts, **cpu.facts()}


def _state() -> tuple[Any, ...]:
    return (Engagement.objects.count(), Worker.objects.count(), Engagement.objects.aggregate(Max("updated_at")))


def _require(counts: dict[str, int], **wanted: int) -> None:
    if counts != wanted or not sum(wanted.values()):
        raise RuntimeError(f"the import counted {counts} instead of {wanted}")
