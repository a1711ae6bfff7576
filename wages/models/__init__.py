from wages.models.attendance import AttendanceLine, AttendanceSheet
from wages.models.guarding import (
    RestrictionRequest,
    SheetSignature,
    WageAccount,
    WageArrears,
    WageArrearsEvent,
    WageGroupMember,
    WageLeadingGroup,
)
from wages.models.payments import PaymentLine, PaymentList
from wages.models.sheets import WageFinding, WageLine, WageSheet, WageSheetEvent
from wages.models.workers import ExitCheck, PaySlip, WageQuestion

__all__ = [
    "AttendanceLine",
    "AttendanceSheet",
    "ExitCheck",
    "PaySlip",
    "PaymentLine",
    "PaymentList",
    "RestrictionRequest",
    "SheetSignature",
    "WageAccount",
    "WageArrears",
    "WageArrearsEvent",
    "WageFinding",
    "WageGroupMember",
    "WageLeadingGroup",
    "WageLine",
    "WageQuestion",
    "WageSheet",
    "WageSheetEvent",
]
