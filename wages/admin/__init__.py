"""The back office of wages: looked at and taken away here, written by imports, lifecycles and the workers' pages."""

from wages.admin import guarding, payments, sheets, workers

__all__ = ["guarding", "payments", "sheets", "workers"]
