"""Authentication by user name and password; rights come from posts, so the permission methods say no."""

from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend


class PostsBackend(ModelBackend):
    def user_can_authenticate(self, user: Any) -> bool:
        """Demonstration accounts sign in only in a demonstration."""
        return super().user_can_authenticate(user) and (settings.DEMO or not user.is_demo)

    def get_user_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        return set()

    def get_group_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        return set()

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        return set()
