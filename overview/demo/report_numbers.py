"""The numbers that coordinators type: they follow from how many teams and workers there are, with some chance."""

from random import Random

Known = dict[str, int]  # the figures of the month, and the numbers above in the same report
Where = tuple[str, int]  # region, and how many months ago

# Line → what it is a share of, from, to.
SHARES = {
    "teams_visited": ("teams_on_site", 0.6, 1.0),
    "talks": ("teams_on_site", 1.6, 3.2),
    "training_attendances": ("workers_on_site", 0.2, 0.5),
    "forms_issued": ("workers_on_site", 0.25, 0.4),
    "forms_returned": ("forms_issued", 0.8, 0.97),
    "cases_received": ("teams_on_site", 0.2, 0.5),
    "cases_answered": ("cases_received", 0.85, 1.0),
    "cases_settled": ("cases_answered", 0.7, 1.0),
    "ledgers_checked": ("teams_on_site", 0.88, 1.0),
    "care_recipients": ("workers_on_site", 0.2, 0.7),
    "health_checks": ("workers_on_site", 0.02, 0.08),
}
# Line → from, to (both included), whatever the size of the region.
RANGES = {
    "forums": (1, 4),
    "conflicts_settled": (1, 3),
    "training_sessions": (2, 7),
    "activities": (1, 3),
    "advanced_teams": (0, 2),
    "advanced_workers": (2, 6),
    "care_events": (1, 3),
}
# What the company's rules and emphases fix, whatever chance says: one advanced team of 三淅, two each of 长平 and 沈铁.
FIXED = {("HS", "advanced_teams"): 1, ("NE", "advanced_teams"): 4}
# The plateau examines its people; the health checks there are a large part of the work.
PLATEAU_CHECKS = (0.15, 0.3)
# What a region had to say in one month, so many months ago. Nobody else owes wages.
SAID = {
    ("HS", 1): {"arrears_teams": 2, "arrears_workers": 38, "arrears_amount": 214_600},
    ("HS", 2): {"arrears_teams": 1, "arrears_workers": 11, "arrears_amount": 58_300},
    ("HS", 3): {"arrears_teams": 1, "arrears_workers": 11, "arrears_amount": 97_400},
    ("HN", 1): {"conflicts_settled": 3},
}
ARREARS = {"arrears_teams": 0, "arrears_workers": 0, "arrears_amount": 0}


def number_for(key: str, where: Where, dice: Random, known: Known) -> int:
    """What stands in the line `key` of a report."""
    region, _ago = where
    if known["workers_on_site"] == 0:
        return 0
    if (region, key) in FIXED:
        return FIXED[region, key]
    said = {**ARREARS, **SAID.get(where, {})}
    if key in said:
        return said[key]
    if key in RANGES:
        return dice.randint(*RANGES[key])
    of, low, high = SHARES[key]
    if key == "health_checks" and region == "NW":
        low, high = PLATEAU_CHECKS
    return round(known[of] * dice.uniform(low, high))
