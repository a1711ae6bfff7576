"""The app's tables in the admin site, a module for each of its rooms."""

from coordinators.admin import handbook, nominations, paper, posts, provisions, schemes

__all__ = ["handbook", "nominations", "paper", "posts", "provisions", "schemes"]
