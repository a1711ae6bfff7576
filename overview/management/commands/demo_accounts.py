"""`manage.py demo_accounts`: the demonstration's sign-ins, one a line."""

from typing import Any

from django.core.management.base import BaseCommand

from overview.demo.accounts import DEMO_ACCOUNTS


class Command(BaseCommand):
    help = "List the sign-ins of the demonstration: user name and post."

    def handle(self, *args: Any, **options: Any) -> None:
        for username, title in DEMO_ACCOUNTS:
            self.stdout.write(f"{username}  {title}")
