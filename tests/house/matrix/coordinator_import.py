"""Importing a project's coordinators. Its jobs are like every other import's, and their pages stand in url_matrix.py."""

from regions.models import Region
from tests.house.pages import ADMITTED, BOTH, Page, project_args, records

PAGES = {
    "coordinator-import": Page(project_args, methods=BOTH, reach=records, ok=ADMITTED),
    "coordinator-import-template": Page(project_args, reach=records),
}


def fill(region: Region) -> None:
    """Its rows are posts and import jobs, which others add."""
