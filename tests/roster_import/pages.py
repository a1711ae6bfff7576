"""What somebody does in the browser, without one."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from imports.models import ImportJob
from labour_teams.models import LabourTeam


def send(browser: Client, team: LabourTeam, data: bytes, name: str = "六月花名册.csv") -> HttpResponse:
    """Upload a file; the page that comes."""
    file = SimpleUploadedFile(name, data)
    return browser.post(reverse("import-upload", args=[team.project.code]), {"file": file}, follow=True)


def press(browser: Client, verb: str, job: ImportJob, *more: int, **data: Any) -> HttpResponse:
    """A button of an import; the page that comes."""
    return browser.post(reverse(f"import-{verb}", args=[job.pk, *more]), data, follow=True)


def text_of(response: HttpResponse) -> str:
    return response.content.decode()
