"""Importing a team's wage and attendance sheets. Their jobs are like every other import's; those pages stand in url_matrix.py."""

from regions.models import Region
from tests.house.pages import ADMITTED, BOTH, Page, project_args, records

PAGES = {
    "wage-import": Page(project_args, methods=BOTH, reach=records, ok=ADMITTED),
    "wage-import-template": Page(project_args, reach=records),
    "attendance-import": Page(project_args, methods=BOTH, reach=records, ok=ADMITTED),
    "attendance-import-template": Page(project_args, reach=records),
}


def fill(region: Region) -> None:
    """Its rows are wage sheets and import jobs, which others add."""
