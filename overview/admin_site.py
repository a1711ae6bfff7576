"""The admin site of headquarters: the site's own sign-in, only models with the scoped base, and an index that says what to do."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Any

from django.contrib.admin import AdminSite
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, reverse_lazy
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from overview.attention import needing_attention

SHOWN = 10
# The site has one page each for signing out and for one's password; the admin's own are not offered.
NOT_OFFERED = frozenset({"logout", "password_change", "password_change_done", "view_on_site"})
# Where an administrator looks first; Django would sort by the alphabet of the translation.
ORDER = ("regions", "coordinators", "inbox", "labour_teams", "reports", "imports", "accounts", "core")
# Words of Django's own admin that its Chinese catalogue lacks; ours supplies them.
DJANGO_WORDS = (gettext_noop("Model name"), gettext_noop("Add link"), gettext_noop("Change or view list link"))


class HeadquartersAdminSite(AdminSite):
    """Opens for those whose posts belong to it; to everybody else signed in it does not exist."""

    site_header = _("Lianxin administration")
    site_title = _("Lianxin administration")
    index_title = _("Administration")
    site_url = reverse_lazy("home")
    index_template = "admin/index.html"
    enable_nav_sidebar = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.disable_action(
            "delete_selected"
        )  # what may be deleted at all is deleted one by one, with its consequences on the page

    def has_permission(self, request: HttpRequest) -> bool:
        return request.user.is_active and request.user.is_staff

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Only what names its readers, as the scoped base does; what other packages bring (groups of permissions) stays out."""
        if hasattr(admin_class, "readers"):
            super().register(model_or_iterable, admin_class, **options)

    def admin_view(self, view: Callable[..., HttpResponse], cacheable: bool = False) -> Callable[..., HttpResponse]:
        inner = super().admin_view(view, cacheable)

        def gate(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not self.has_permission(request):
                raise Http404
            return inner(request, *args, **kwargs)

        return update_wrapper(gate, inner)

    def get_urls(self) -> list[URLPattern | URLResolver]:
        kept = [entry for entry in super().get_urls() if getattr(entry, "name", None) not in NOT_OFFERED]
        for entry in kept:
            if isinstance(entry, URLPattern) and hasattr(entry.callback, "login_url"):
                entry.callback.login_url = reverse_lazy("sign-in")
        return kept

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """There is one sign-in, the site's, and whoever comes here has been through it."""
        if not self.has_permission(request):
            raise Http404
        return redirect("admin:index")

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> Any:
        """Made once somebody reads it: Django asks for it on every page, and only the index shows all tables."""
        return SimpleLazyObject(lambda: self._in_order(request, app_label))

    def _in_order(self, request: HttpRequest, app_label: str | None) -> list[Any]:
        listed = super().get_app_list(request, app_label)
        return sorted(listed, key=lambda app: ORDER.index(app["app_label"]) if app["app_label"] in ORDER else len(ORDER))

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """What needs attention stands above the list of tables."""
        found = needing_attention(request.user, timezone.now())
        context = {"attention": found[:SHOWN], "attention_left": max(len(found) - SHOWN, 0)}
        return super().index(request, context | (extra_context or {}))
