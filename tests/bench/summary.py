"""What a run of the benchmark comes to: one object for programs, one table for people."""

import os
import platform
from statistics import median
from typing import Any

LIMITS = {"ours_to_floor": "≤ 2.0, better 1.6", "ours_to_stock": "≥ 60", "reimport_to_first": "≤ 1.0"}
PARTS = {
    "guard": "guard (in the child, beside the rest)",
    "parse": "parse (in the child, beside the rest)",
    "receive": "take the file in",
    "wait": "wait for the child",
    "unpack": "unpack its rows",
    "clean": "clean and check (wait for the second thread)",
    "compare": "compare",
    "stage": "stage",
    "open": "write: fetch blocks",
    "prepare": "write: open blocks, seal (wait for the second thread)",
    "copy": "write: COPY",
    "statements": "write: statements",
    "commit": "commit",
    "rest": "rest",
}


def summary(
    rows: int, laps: dict[str, list[dict[str, Any]]], reading: dict[str, float], during: dict[str, Any]
) -> dict[str, Any]:
    seconds = {name: median(lap["seconds"] for lap in runs) for name, runs in laps.items()}
    sample = laps["stock"][0]["rows"]
    ours, stock = rows / seconds["first"], sample / seconds["stock"]
    middle = min(laps["first"], key=lambda lap: abs(lap["seconds"] - seconds["first"]))
    return {
        "rows": rows,
        "runs": len(laps["first"]),
        "ours_s": _round(seconds["first"]),
        "floor_s": _round(seconds["floor"]),
        "reimport_s": _round(seconds["again"]),
        "preview_2000_s": _round(seconds["preview"]),
        "ours_rows_per_s": round(ours),
        "floor_rows_per_s": round(rows / seconds["floor"]),
        "stock_rows_per_s": _round(stock),
        "stock_sample_rows": sample,
        "child_peak_mb": max(lap["child_peak_mb"] for lap in laps["first"]),
        "web_peak_mb": max(lap["web_peak_mb"] for lap in laps["first"]),
        "p95_during_import_ms": during["p95_ms"],
        "during_import": during,
        "ratios": {
            "ours_to_floor": _round(seconds["first"] / seconds["floor"]),
            "ours_to_stock": _round(ours / stock),
            "reimport_to_first": _round(seconds["again"] / seconds["first"]),
        },
        "breakdown": {name: _round(spent) for name, spent in {**reading, **middle["steps"]}.items()},
        "cpu": {name: _cpu(runs) for name, runs in laps.items()},
        "laps": {name: [_round(lap["seconds"]) for lap in runs] for name, runs in laps.items()},
        "machine": {
            "cores": os.cpu_count(),
            "python": platform.python_version(),
            "load": [_round(load) for load in os.getloadavg()],
        },
    }


def _cpu(runs: list[dict[str, Any]]) -> dict[str, float]:
    return {name: _round(median(lap[name] for lap in runs)) for name in ("cpu_s", "database_cpu_s")}


def as_table(found: dict[str, Any]) -> str:
    laps, ratios, during, cpu = (found[name] for name in ("laps", "ratios", "during_import", "cpu"))
    lines = [
        f"{found['rows']} rows × 15 columns, {found['runs']} laps, medians (all laps)",
        "",
        _line("floor", f"{found['floor_s']} s", f"{found['floor_rows_per_s']} rows/s", laps["floor"]),
        _line("ours, new", f"{found['ours_s']} s", f"{found['ours_rows_per_s']} rows/s", laps["first"]),
        _line("ours, same file again", f"{found['reimport_s']} s", "", laps["again"]),
        _line(f"stock, {found['stock_sample_rows']} rows", "", f"{found['stock_rows_per_s']} rows/s", laps["stock"]),
        _line("preview of 2,000 rows", f"{found['preview_2000_s']} s", "< 1 s", laps["preview"]),
        "",
        *(f"{name:<24}{ratio:>10} ×   {LIMITS[name]}" for name, ratio in ratios.items()),
        f"{'processor time':<24}{_spent(cpu['floor'])} floor, {_spent(cpu['first'])} ours, {_spent(cpu['again'])} ours again",
        f"{'web process, increase':<24}{found['web_peak_mb']:>10} MiB ≤ 100",
        f"{'reading child, peak':<24}{found['child_peak_mb']:>10} MiB ≤ 512",
        "",
        f"other requests on SQLite while 8,000 rows are imported ({during['import_s']} s): p95 {during['p95_ms']} ms (< 1000), "
        f"p50 {during['p50_ms']}, worst {during['worst_ms']}; without an import p50 {during['quiet_p50_ms']}; "
        f"{during['requests']} requests, {during['failed']} failed",
        "",
        "where the time of ours goes, s",
        *(f"  {PARTS[name]:<44}{spent:>8.2f}" for name, spent in found["breakdown"].items()),
    ]
    return "\n".join(lines)


def _spent(cpu: dict[str, float]) -> str:
    return f"{cpu['cpu_s']:.2f} + {cpu['database_cpu_s']:.2f} s (database)"


def _line(name: str, seconds: str, speed: str, laps: list[float]) -> str:
    return f"{name:<24}{seconds:>10} {speed:>16}   {' '.join(map(str, laps))}"


def _round(number: float) -> float:
    return round(number, 3)
