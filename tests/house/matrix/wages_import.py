"""Importing a month's sheets: wages, attendance, the bank's list. Their jobs are like every other import's (url_matrix.py)."""

from regions.models import Region
from tests.house.pages import ADMITTED, BOTH, Page, project_args, records

PAGES = {
    "wage-import": Page(project_args, methods=BOTH, reach=records, ok=ADMITTED),
    "wage-import-template": Page(project_args, reach=records),
    "attendance-import": Page(project_args, methods=BOTH, reach=records, ok=ADMITTED),
    "attendance-import-template": Page(project_args, reach=records),
    "payment-import": Page(project_args, methods=BOTH, reach=records, ok=ADMITTED),
    "payment-import-template": Page(project_args, reach=records),
}


def fill(region: Region) -> None:
    """Its rows are wage sheets and import jobs, which others add."""
