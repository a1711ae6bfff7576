"""How much memory a process holds, and held at most; and how much the process that reads the file held."""

import resource
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from unittest.mock import patch

from imports.reading.reader import Process

PROC = Path("/proc/self")
MIB = 1024 * 1024
UNIT = 1 if sys.platform == "darwin" else 1024  # of what the system calls maxrss


class Memory:
    """The increase while the block lasts, in MiB, and the peak of the reading children started in it."""

    def __init__(self) -> None:
        self.increase = self.child_peak = 0.0

    @contextmanager
    def watching(self) -> Iterator["Memory"]:
        before = _now()
        with patch.object(Process, "kill", self._noting(Process.kill)):
            yield self
        self.increase = _peak() - before
        if not PROC.exists():
            self.child_peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * UNIT / MIB

    def _noting(self, kill: Any) -> Any:
        """Just before it is ended. Afterwards the system would name the greater of its peak and of ours when it was started."""

        def noted(process: Process) -> None:
            self.child_peak = max(self.child_peak, _of(f"/proc/{process._process.pid}", "VmHWM"))
            kill(process)

        return noted


def _now() -> float:
    """What is held now; from here on the peak is counted anew."""
    if not PROC.exists():
        return _peak()
    with suppress(OSError):  # not every container permits it; then the peak is that of the process's whole life
        (PROC / "clear_refs").write_text("5")
    return _of(str(PROC), "VmRSS")


def _peak() -> float:
    return _of(str(PROC), "VmHWM") if PROC.exists() else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * UNIT / MIB


def _of(process: str, name: str) -> float:
    """In MiB; 0 for a process that is gone."""
    try:
        lines = Path(f"{process}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith(f"{name}:")), 0.0)
