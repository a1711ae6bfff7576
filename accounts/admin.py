"""People and their staff posts in the admin site. Nobody gives himself a post; passwords are set, never seen."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import workflow
from accounts.models import StaffPost, User
from accounts.resources import StaffPostResource
from accounts.scope import titles_held
from core.admin import ScopedAdmin
from core.audit import AuditKind
from core.refusals import Refused
from core.roles import COMPANY_WIDE, Role
from core.sheet_admin import ExportAdmin

READERS = COMPANY_WIDE | {Role.SYSTEM_ADMINISTRATOR}
KEEPERS = frozenset({Role.SYSTEM_ADMINISTRATOR, Role.PARTY_PERSONNEL})


class UserForm(forms.ModelForm):
    """The phone is shown masked beside its field; an empty field keeps it."""

    phone = forms.CharField(label=gettext_lazy("mobile"), required=False, max_length=20)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["phone"] = ""
        if "phone" in self.fields and self.instance.phone:
            now = {"phone": self.instance.phone}
            self.fields["phone"].help_text = _("Now %(phone)s. Leave empty to keep it, or write a new number.") % now

    def clean_phone(self) -> Any:
        return self.cleaned_data["phone"] or self.instance.phone


@admin.register(User)
class UserAdmin(ScopedAdmin):
    """Name, phone, posts; a new account has no password until one is reset, and is never deleted, only deactivated."""

    readers = READERS
    editors = KEEPERS
    audit_kind = AuditKind.ACCOUNT
    form = UserForm
    change_form_template = "admin/accounts/user/change_form.html"
    fields = ("username", "name", "phone", "posts_today", "is_active", "last_login", "created_at")
    list_display = ("name", "username", "posts_today", "phone", "is_active", "last_login")
    list_filter = ("is_active",)
    search_fields = ("name", "name_pinyin", "name_initials", "username", "=phone_tail")
    search_help_text = gettext_lazy("Name, pinyin, initials, user name or the last four digits of the phone")
    ordering = ("name_pinyin", "pk")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """A user name is for good: traces refer to it."""
        fixed = ("posts_today", "is_active", "last_login", "created_at")
        return (*fixed, "username") if obj else fixed

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """The posts of everybody on the page at once, one query a kind of post."""
        listed = super().get_changelist_instance(request)
        titles = titles_held(list(listed.result_list), timezone.localdate())
        for person in listed.result_list:
            person.post_title = titles.get(person.pk, "")
        return listed

    @admin.display(description=gettext_lazy("posts today"))
    def posts_today(self, person: User) -> str:
        return person.post_title or "—"

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The page before it opens, to say what stands in the way."""
        return obj is not None and self.has_change_permission(request, obj)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        deleted, counts, _needed, protected = super().get_deleted_objects(objs, request)
        never = [
            _("%(name)s: an account is never deleted, because traces refer to it. Deactivate it.") % {"name": one} for one in objs
        ]
        return deleted, counts, set(), [*never, *protected]  # Django would say which rights are missing, and not why

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)

    def get_urls(self) -> list[Any]:
        views = {"deactivate": self.deactivate, "activate": self.activate, "reset_password": self.reset_password}
        own = [
            path(f"<int:pk>/{verb}/", self.admin_site.admin_view(view), name=f"accounts_user_{verb}")
            for verb, view in views.items()
        ]
        return [*own, *super().get_urls()]

    def _person(self, request: HttpRequest, pk: int) -> User:
        """For a POST by somebody who keeps accounts; everything else does not exist."""
        person = self.get_queryset(request).filter(pk=pk).first()
        if request.method != "POST" or person is None or not self.has_change_permission(request, person):
            raise Http404
        return person

    def deactivate(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._done(request, self._person(request, pk), workflow.deactivate, _("%(name)s may no longer sign in."))

    def activate(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._done(request, self._person(request, pk), workflow.activate, _("%(name)s may sign in again."))

    def _done(self, request: HttpRequest, person: User, verb: Any, words: str) -> HttpResponse:
        try:
            verb(person, by=request.user)
        except Refused as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, words % {"name": person})
        return redirect(reverse("admin:accounts_user_change", args=[person.pk]))

    def reset_password(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The one-time password stands on the answer and nowhere else; leaving the page forgets it."""
        person = self._person(request, pk)
        one_time = workflow.reset_password(person, by=request.user)
        context = {**self.admin_site.each_context(request), "opts": self.opts, "person": person, "one_time": one_time}
        request.current_app = self.admin_site.name
        return TemplateResponse(
            request, "admin/accounts/user/one_time_password.html", {**context, "title": _("One-time password")}
        )


class HeldFilter(admin.SimpleListFilter):
    """Posts held today, past posts, posts still to come."""

    title = gettext_lazy("held")
    parameter_name = "held"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [("now", _("Held today")), ("past", _("Ended")), ("later", _("Not yet begun"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> models.QuerySet:
        today = timezone.localdate()
        if self.value() == "now":
            return queryset.held_on(today)
        if self.value() == "past":
            return queryset.filter(to_on__lt=today)
        return queryset.filter(from_on__gt=today) if self.value() == "later" else queryset


class PostForm(forms.ModelForm):
    """Every kind of post. Rights follow from posts, so nobody writes a post of his own."""

    by: User

    def clean(self) -> Any:
        cleaned = super().clean()
        if cleaned.get("person") == self.by:
            self.add_error("person", _("Nobody gives himself a post. Ask a colleague who may."))
        if cleaned.get("to_on") and cleaned.get("from_on") and cleaned["to_on"] < cleaned["from_on"]:
            self.add_error("to_on", _("The last day is before the first."))
        return cleaned


class StaffPostForm(PostForm):
    def clean(self) -> Any:
        cleaned = super().clean()
        role = cleaned.get("role")
        if role in StaffPost.PROJECT_ROLES and not cleaned.get("project"):
            self.add_error("project", _("This role belongs to a project: name it."))
        if role and role not in StaffPost.PROJECT_ROLES and cleaned.get("project"):
            self.add_error("project", _("This role belongs to no project: leave it empty."))
        if role == Role.DEPARTMENT_OFFICER and not cleaned.get("department"):
            self.add_error("department", _("This role belongs to a department: name it."))
        return cleaned


class PostAdmin(ScopedAdmin):
    """Posts of every kind: past and present ones stay as they were, only one that has not begun may be taken back."""

    form = PostForm
    audit_kind = AuditKind.POST
    autocomplete_fields = ("person",)
    date_hierarchy = "from_on"

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """The form knows who writes."""
        return type("Form", (super().get_form(request, obj, change, **kwargs),), {"by": request.user})

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or obj.person_id != request.user.pk)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """One at a time; whether it may go, the page before it says."""
        return obj is not None and self.has_change_permission(request, obj)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Only a post that has not begun, and on which nothing rests, is deleted; of others the page says why not."""
        deleted, counts, needed, protected = super().get_deleted_objects(objs, request)
        today = timezone.localdate()
        held = [
            _("%(post)s: held since %(day)s. End the post instead; what was is kept.")
            % {"post": post, "day": date_format(post.from_on, "DATE_FORMAT")}
            for post in objs
            if post.from_on <= today
        ]
        obstacles = [*held, *protected]
        # Where something stands in the way, Django would rather say which rights are missing.
        return deleted, counts, set() if obstacles else needed, obstacles


@admin.register(StaffPost)
class StaffPostAdmin(PostAdmin, ExportAdmin):
    readers = READERS
    editors = KEEPERS
    form = StaffPostForm
    resource_classes = [StaffPostResource]
    fields = ("person", "role", "department", "project", "from_on", "to_on", "is_acting", "document_no")
    autocomplete_fields = ("person", "project")
    list_display = ("person", "role", "department", "project", "from_on", "to_on", "is_acting", "document_no")
    list_filter = (HeldFilter, "role", "project__region", "department")
    list_select_related = ("person", "department", "project")
    search_fields = ("person__name", "person__name_pinyin", "person__name_initials", "=person__phone_tail", "project__name")
    ordering = ("person__name_pinyin", "-from_on", "pk")
