from wages.models.attendance import AttendanceLine, AttendanceSheet
from wages.models.guarding import (
    RestrictionRequest,
    SheetSignature,
    WageAccount,
    WageArrears,
    WageGroupMember,
    WageLeadingGroup,
)
from wages.models.sheets import WageFinding, WageLine, WageSheet, WageSheetEvent
from wages.models.workers import ExitCheck, PaySlip, WageQuestion

__all__ = [
    "AttendanceLine",
    "AttendanceSheet",
    "ExitCheck",
    "PaySlip",
    "RestrictionRequest",
    "SheetSignature",
    "WageAccount",
    "WageArrears",
    "WageFinding",
    "WageGroupMember",
    "WageLeadingGroup",
    "WageLine",
    "WageQuestion",
    "WageSheet",
    "WageSheetEvent",
]
