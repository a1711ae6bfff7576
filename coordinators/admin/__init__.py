"""The app's tables in the admin site, a module for each of its rooms."""

from coordinators.admin import posts

__all__ = ["posts"]
