"""The picture beside the name of a kind."""

from collections.abc import Mapping

from handbook.models import EntryKind

ICONS: Mapping[str, str] = {
    EntryKind.VISIT: "person-walking",
    EntryKind.MEETING: "people",
    EntryKind.TRAINING: "journal-text",
    EntryKind.ACTIVITY: "flag",
    EntryKind.HAZARD: "cone-striped",
    EntryKind.RIGHTS: "shield-check",
    EntryKind.CARE: "cup-hot",
    EntryKind.HEALTH_CHECK: "ui-checks",
    EntryKind.COUNSELLING: "chat-left-text",
    EntryKind.MEDICAL: "bandaid",
    EntryKind.CUSTOMS: "moon",
    EntryKind.INSPECTION: "search",
    EntryKind.GUIDANCE: "person-plus",
    EntryKind.LABOUR_ACT: "building",
}
