"""The roles that posts carry. A role says what somebody may do; where he may do it is the unit of his post (core/scope.py)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    SYSTEM_ADMINISTRATOR = "system_administrator", _("System administrator")
    PARTY_PERSONNEL = "party_personnel", _("Party personnel department")
    PARTY_ORGANISATION = "party_organisation", _("Party organisation department")
    LABOUR_CENTRE = "labour_centre", _("Labour resources management centre")
    DEPARTMENT_OFFICER = "department_officer", _("Functional department officer")
    HEALTH_OFFICER = "health_officer", _("Health officer")
    LEADER = "leader", _("Leader")
    AUDITOR = "auditor", _("Auditor")
    REGIONAL_COORDINATOR = "regional_coordinator", _("Regional coordinator")
    PROJECT_COMMITTEE = "project_committee", _("Project Party work committee")
    PROJECT_COORDINATOR = "project_coordinator", _("Project coordinator")
    PROJECT_CLERK = "project_clerk", _("Project clerk (labour clerk)")
    LIAISON = "liaison", _("Liaison")


# The departments that run the system from headquarters.
HEADQUARTERS = frozenset({Role.PARTY_PERSONNEL, Role.PARTY_ORGANISATION, Role.LABOUR_CENTRE})
# The two departments that manage regional coordinators together (dual management) and each receive their reports.
MANAGING_DEPARTMENTS = frozenset({Role.PARTY_ORGANISATION, Role.LABOUR_CENTRE})
# Those who look and never write.
READERS = frozenset({Role.LEADER, Role.AUDITOR})
# Whose work reaches the whole company.
COMPANY_WIDE = HEADQUARTERS | READERS
# Who may open the admin site at all.
ADMIN_SITE = COMPANY_WIDE | {Role.SYSTEM_ADMINISTRATOR}
