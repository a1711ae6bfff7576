"""Figures of the gate: who entered with an induction and who without, and certificates that run out."""

from django.utils.translation import gettext_lazy as _

from core.months import Month
from core.scope import Level, ScopedQuerySet
from figures.registry import Column, Direction, Figure, Unit, as_of, figures
from handbook.gate.certificates import running_out
from handbook.gate.queries import with_gate
from labour_teams.figures import BY_NAME, BY_PROJECT, ENGAGEMENT_COLUMNS
from labour_teams.models import Engagement, WorkerCertificate


def _entered(month: Month, *, is_inducted: bool) -> ScopedQuerySet:
    return with_gate(Engagement.objects.entered_in(month).for_list(), as_of(month)).filter(is_inducted=is_inducted)


figures.add(
    Figure(
        key="entered_inducted",
        label=_("Entered, and inducted"),
        unit=Unit.PERSONS,
        definition=_(
            "People whose engagement began in the month (a transfer between teams is no entry) and who attended an induction by "
            "name, from 30 days before the entry until the end of the month, without failing it."
        ),
        rows=lambda month: _entered(month, is_inducted=True),
        paths=BY_PROJECT,
        columns=ENGAGEMENT_COLUMNS,
        order=BY_NAME,
        direction=Direction.MORE_IS_BETTER,
    )
)
figures.add(
    Figure(
        key="entered_not_inducted",
        label=_("Entered, and not inducted"),
        unit=Unit.PERSONS,
        definition=_(
            "People whose engagement began in the month (a transfer between teams is no entry) and who are in no "
            "induction by name, from 30 days before the entry until the end of the month."
        ),
        rows=lambda month: _entered(month, is_inducted=False),
        paths=BY_PROJECT,
        columns=ENGAGEMENT_COLUMNS,
        order=BY_NAME,
        direction=Direction.MORE_IS_WORSE,
    )
)
figures.add(
    Figure(
        key="certificates_running_out",
        label=_("Certificates running out"),
        unit=Unit.CERTIFICATES,
        definition=_(
            "Special-operation certificates of people on site on the last day of the month (today, while the month runs) that "
            "had run out, or run out or have to be reviewed within 90 days. Without those replaced or given back since."
        ),
        rows=lambda month: running_out(WorkerCertificate.objects.for_list(), as_of(month)),
        paths={Level.REGION: "engagement__project__region", Level.PROJECT: "engagement__project"},
        columns=(
            Column(_("Name"), lambda row: row.engagement.name),
            Column(_("Project"), lambda row: row.engagement.team.project.name),
            Column(_("Labour team"), lambda row: row.engagement.team.name),
            Column(_("Operation"), lambda row: row.trade),
            Column(_("Valid until"), lambda row: row.valid_until or ""),
            Column(_("Review by"), lambda row: row.review_due_on or ""),
        ),
        order=("engagement__name_pinyin", "pk"),
        direction=Direction.MORE_IS_WORSE,
    )
)
