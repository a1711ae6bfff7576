"""The walls of the child process: how much it may use, and that it may reach nothing.

Each wall is put up where the system has it. The order matters: first everything is imported, then `confine()` closes the door.
"""

import contextlib
import sys
from typing import Any

from imports.reading import limits

NEW_USER_AND_NETWORK = 0x10000000 | 0x40000000  # CLONE_NEWUSER | CLONE_NEWNET
NEW_NETWORK = 0x40000000
FORBIDDEN = ("open", "import", "exec", "compile", "socket.", "subprocess.", "os.", "shutil.", "ctypes.", "tempfile.", "mmap.")


def confine() -> None:
    _leave_the_network()
    _limit_resources()
    sys.addaudithook(_refuse)


def _limit_resources() -> None:
    if sys.platform == "win32":
        return
    import resource

    bounds = {
        resource.RLIMIT_AS: limits.CHILD_MEMORY,
        resource.RLIMIT_CPU: limits.CHILD_CPU_SECONDS,
        resource.RLIMIT_FSIZE: 0,  # it writes to a pipe; no file may grow
        resource.RLIMIT_CORE: 0,  # a core dump would hold everybody's ID numbers
    }
    for limit, bound in bounds.items():
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(limit, (bound, bound))


def _leave_the_network() -> None:
    """A network namespace of its own, without any interface that is up; not every system permits it."""
    if not sys.platform.startswith("linux"):
        return
    import ctypes

    with contextlib.suppress(OSError, AttributeError):
        library = ctypes.CDLL(None)
        if library.unshare(NEW_NETWORK) != 0:
            library.unshare(NEW_USER_AND_NETWORK)


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if event.startswith(FORBIDDEN):
        raise PermissionError(event)
