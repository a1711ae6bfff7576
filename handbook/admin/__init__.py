"""The back office of the handbook, a module for each part."""

from handbook.admin import catalogues, entries, kinds, units

__all__ = ["catalogues", "entries", "kinds", "units"]
