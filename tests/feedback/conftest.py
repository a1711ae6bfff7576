"""What is not there is said in one line: these tests ask for much that is not there."""

from tests.absent import _absent_in_one_line

__all__ = ["_absent_in_one_line"]
