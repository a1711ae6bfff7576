"""People who sign in, and the posts at headquarters and on projects."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import ASCIIUsernameValidator
from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.posts import Post
from accounts.querysets import UserQuerySet
from accounts.scope import in_words, posts_held, scope_of
from core.fields import PhoneField, TailField
from core.models import Attachment
from core.names import initials_of, pinyin_of
from core.roles import ADMIN_SITE, Role
from core.scope import NOWHERE, Grant, Level, Scope, Scoped
from regions.models import Department, Project


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    """Django's sign-in looks people up by natural key; everything else is a queryset method."""


class User(AbstractBaseUser, Scoped):
    """A person with a sign-in. What he may do follows from the posts he holds today (`scope`), and from nothing else."""

    scope_is_structure = True

    username = models.CharField(_("user name"), max_length=60, unique=True, validators=[ASCIIUsernameValidator()])
    name = models.CharField(_("name"), max_length=100)
    name_pinyin = models.CharField(max_length=300, editable=False, db_index=True)
    name_initials = models.CharField(max_length=100, editable=False, db_index=True)
    phone = PhoneField(_("mobile"), null=True, blank=True)
    phone_tail = TailField(source="phone", default="")
    photo = models.ForeignKey(
        Attachment, verbose_name=_("photo"), null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    # Name, mobile, photo and duties stand on boards and on the public page only with the person's consent.
    disclosure_agreed_on = models.DateField(_("agreed to be shown publicly on"), null=True, blank=True)
    is_active = models.BooleanField(_("may sign in"), default=True)
    is_demo = models.BooleanField(_("demonstration account"), default=False, editable=False)
    must_change_password = models.BooleanField(_("must change password"), default=True)
    session_epoch = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name_pinyin, self.name_initials = pinyin_of(self.name), initials_of(self.name)
        super().save(*args, **kwargs)

    @cached_property
    def posts_today(self) -> list[Post]:
        """A request loads its user anew, so they are never older than the request."""
        return posts_held(self, timezone.localdate())

    @cached_property
    def scope(self) -> Scope:
        """Reach by the posts held today; nothing for somebody who may not sign in."""
        return scope_of(self.posts_today) if self.is_active else NOWHERE

    @cached_property
    def post_title(self) -> str:
        """The posts held today, in words."""
        return in_words(post.title for post in self.posts_today)

    @property
    def is_staff(self) -> bool:
        """Whether the admin site opens at all."""
        return self.scope.holds(*ADMIN_SITE)

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """Django's permission tables are not used: the admin asks each ModelAdmin's readers and editors instead."""
        return False

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_staff

    def get_session_auth_hash(self) -> str:
        """Bound to password and epoch: raising the epoch ends every session for good, whatever happens to `is_active` later."""
        return self._epoch_hash()

    def get_session_auth_fallback_hash(self) -> Any:
        for fallback in settings.SECRET_KEY_FALLBACKS:
            yield self._epoch_hash(secret=fallback)

    def _epoch_hash(self, secret: str | None = None) -> str:
        value = f"{self.password}\x00{self.session_epoch}"
        return salted_hmac("accounts.User.session", value, secret=secret, algorithm="sha256").hexdigest()


class StaffPost(Post):
    """Posts at headquarters and on projects that are neither coordinator nor liaison."""

    scope_paths = ("project__region",)
    title_joins = ("department", "project")

    PROJECT_ROLES: ClassVar = {Role.PROJECT_COMMITTEE, Role.PROJECT_CLERK, Role.HEALTH_OFFICER}
    ROLES: ClassVar = [
        (role.value, role.label)
        for role in Role
        if role not in (Role.REGIONAL_COORDINATOR, Role.PROJECT_COORDINATOR, Role.LIAISON)
    ]

    role = models.CharField(_("role"), max_length=30, choices=ROLES)
    department = models.ForeignKey(
        Department, verbose_name=_("department"), null=True, blank=True, on_delete=models.PROTECT, related_name="staff_posts"
    )
    project = models.ForeignKey(
        Project, verbose_name=_("project"), null=True, blank=True, on_delete=models.PROTECT, related_name="staff_posts"
    )

    class Meta(Post.Meta):
        verbose_name = _("staff post")
        verbose_name_plural = _("staff posts")
        constraints = [
            *Post.Meta.constraints,
            models.CheckConstraint(
                name="staffpost_project_roles_have_project",
                condition=models.Q(role__in=["project_committee", "project_clerk", "health_officer"], project__isnull=False)
                | (~models.Q(role__in=["project_committee", "project_clerk", "health_officer"]) & models.Q(project=None)),
            ),
            models.CheckConstraint(
                name="staffpost_officers_have_department",
                condition=~models.Q(role="department_officer") | models.Q(department__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        place = self.project or self.department
        if self.role in (Role.PARTY_PERSONNEL, Role.PARTY_ORGANISATION, Role.LABOUR_CENTRE) or place is None:
            return str(self.get_role_display())
        return f"{place}·{self.get_role_display()}"

    def grants(self) -> tuple[Grant, ...]:
        if self.role in self.PROJECT_ROLES:
            return (Grant(self.role, Level.PROJECT, self.project_id),)
        if self.role == Role.DEPARTMENT_OFFICER:
            return (Grant(self.role, Level.DEPARTMENT, self.department_id),)
        level = Level.STRUCTURE if self.role == Role.SYSTEM_ADMINISTRATOR else Level.COMPANY
        return (Grant(self.role, level),)
