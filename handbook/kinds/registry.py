"""Which form writes which kind of entry."""

from collections.abc import Mapping

from handbook.entries.forms import EntryForm
from handbook.kinds.activities import ActivityForm
from handbook.kinds.care import CareForm
from handbook.kinds.counselling import CounsellingForm
from handbook.kinds.customs import CustomsForm
from handbook.kinds.guidance import GuidanceForm
from handbook.kinds.hazards import HazardForm
from handbook.kinds.health import HealthCheckForm
from handbook.kinds.inspections import InspectionForm
from handbook.kinds.labour import LabourActForm
from handbook.kinds.medical import MedicalForm
from handbook.kinds.meetings import MeetingForm
from handbook.kinds.rights import RightsForm
from handbook.kinds.trainings import TrainingForm
from handbook.kinds.visits import VisitForm
from handbook.models import EntryKind

FORMS: Mapping[str, type[EntryForm]] = {
    form.kind: form
    for form in (
        *(VisitForm, MeetingForm, TrainingForm, ActivityForm, HazardForm, RightsForm, CareForm, HealthCheckForm),
        *(CounsellingForm, MedicalForm, CustomsForm, InspectionForm, GuidanceForm, LabourActForm),
    )
}
assert set(FORMS) == set(EntryKind)  # noqa: S101 - a kind without a form could be listed, and never written
