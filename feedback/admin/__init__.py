"""The back office of feedback, a module for each part."""

from feedback.admin import cases, hotline, revisits, rules, survey, wall

__all__ = ["cases", "hotline", "revisits", "rules", "survey", "wall"]
