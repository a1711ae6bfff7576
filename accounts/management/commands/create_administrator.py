"""The first account of a new site: a system administrator, with a one-time password that must be changed at the first sign-in."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import StaffPost, User
from accounts.workflow import one_time_password
from core.audit import AuditKind, record
from core.roles import Role


class Command(BaseCommand):
    help = "Create a system administrator and print the one-time password."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("name")

    def handle(self, *args: Any, **options: Any) -> None:
        if User.objects.filter(username=options["username"]).exists():
            raise CommandError(_("This user name is taken."))
        password = one_time_password()
        with transaction.atomic():
            user = User(username=options["username"], name=options["name"])
            user.set_password(password)
            user.save()
            StaffPost.objects.create(person=user, role=Role.SYSTEM_ADMINISTRATOR, from_on=timezone.localdate())
            record(AuditKind.ACCOUNT, by=None, subject=user, what="create")
        self.stdout.write(_("One-time password of %(user)s: %(password)s") % {"user": user.username, "password": password})
