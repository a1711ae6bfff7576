"""What is measured at a health check on the plateau, with its unit and the numbers that a living person can have."""

from decimal import Decimal
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _


class Measure(NamedTuple):
    key: str
    label: Any
    unit: Any
    least: Decimal
    most: Decimal
    places: int = 0


MEASURES = (
    Measure("systolic", _("Blood pressure, upper"), _("mmHg"), Decimal(60), Decimal(260)),
    Measure("diastolic", _("Blood pressure, lower"), _("mmHg"), Decimal(30), Decimal(160)),
    Measure("heart_rate", _("Heart rate"), _("a minute"), Decimal(30), Decimal(220)),
    Measure("spo2", _("Blood oxygen saturation"), "%", Decimal(40), Decimal(100)),
    Measure("respiration", _("Respiration"), _("a minute"), Decimal(5), Decimal(60)),
    Measure("temperature", _("Temperature"), "℃", Decimal(34), Decimal(43), 1),
    Measure("haemoglobin", _("Haemoglobin"), "g/L", Decimal(40), Decimal(260)),
)


def in_words(measures: dict[str, Any]) -> list[str]:
    """「血氧饱和度 83 %」, in the order of the form; what was not measured is left out."""
    return [f"{one.label} {measures[one.key]} {one.unit}" for one in MEASURES if measures.get(one.key) not in (None, "")]
