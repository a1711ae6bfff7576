"""Shares as they are said: whole per cent, nothing of nothing."""


def percent(part: int | None, whole: int | None) -> int | None:
    return round(100 * part / whole) if part is not None and whole else None
