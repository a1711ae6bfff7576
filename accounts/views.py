"""Signing in and out, one's own password, the colour scheme, and whether the site is well."""

from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.views import LoginView, PasswordChangeView
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from accounts import devices, workflow
from accounts.forms import SignInForm
from accounts.middleware import start_session
from accounts.models import User
from accounts.scope import titles_held
from core.audit import AuditKind, record

THEMES = ("light", "dark")
FORM_METHODS = ["get", "head", "post", "options"]
THEME_AGE = 365 * 24 * 3600


class SignInView(LoginView):
    """Sign-in by user name and password; success and failure leave a trace, the device becomes known."""

    http_method_names = FORM_METHODS
    template_name = "accounts/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        start_session(self.request)
        devices.remember(self.request, response, form.get_user().username)
        record(AuditKind.SIGN_IN, by=form.get_user(), subject=form.get_user())
        return response

    def form_invalid(self, form: Any) -> HttpResponse:
        account = User.objects.filter(username=self.request.POST.get("username", "")[:60]).first()
        if account:
            record(AuditKind.SIGN_IN_FAILED, by=None, subject=account)
        return super().form_invalid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {"demo_accounts": demo_accounts(), "demo_password": settings.DEMO_PASSWORD} if settings.DEMO else context


def demo_accounts() -> list[dict[str, str]]:
    """User names and posts of a demonstration, for its sign-in page."""
    accounts = User.objects.active().filter(is_demo=True).exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX).order_by("pk")
    titles = titles_held(accounts, timezone.localdate())
    return [{"username": account.username, "post": titles.get(account.pk, "")} for account in accounts]


@login_not_required
def locked_out(request: HttpRequest, credentials: dict[str, Any] | None = None, *args: Any, **kwargs: Any) -> HttpResponse:
    """Too many failures for this name from this place: wait, or use a device that is known."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    return render(request, "accounts/locked_out.html", {"minutes": minutes}, status=429)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ends the session and asks the browser to forget what it kept of this site."""
    record(AuditKind.SIGN_OUT, by=request.user, subject=request.user)
    logout(request)
    response = redirect("sign-in")
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


class OwnPasswordView(PasswordChangeView):
    """One's own password; the first time it is compulsory."""

    http_method_names = FORM_METHODS
    template_name = "accounts/password_change.html"
    success_url = reverse_lazy("home")

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        workflow.password_changed(form.user)
        return response


@login_not_required
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Light, dark, or as the device has it."""
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        target = "/"
    response = redirect(target)
    if request.POST.get("theme") in THEMES:
        response.set_cookie(
            "theme", request.POST["theme"], max_age=THEME_AGE, httponly=True, samesite="Lax", secure=settings.HTTPS
        )
    else:
        response.delete_cookie("theme")
    return response


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """Whether the site answers and its database does; for load balancers, without sign-in."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"status": "unavailable", "database": connection.vendor}, status=503)
    return JsonResponse({"status": "ok", "database": connection.vendor})
