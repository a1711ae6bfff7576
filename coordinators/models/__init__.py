from coordinators.models.boards import (
    ArmbandIssue,
    BoardCheck,
    BoardPrinting,
    ContactCardBatch,
    NoticeBoard,
    RightsBoard,
    SiteContact,
)
from coordinators.models.handbook import HandbookEdition, HandbookSection
from coordinators.models.nominations import Nomination, NominationApproval, NominationEvent
from coordinators.models.posts import Coordinator, Liaison, TreatmentLevel
from coordinators.models.provisions import PostProvision, ProvisionEdition, RightExercise
from coordinators.models.schemes import PartyMemberLink, PartyMemberTick, Scheme, SchemeCheck, SchemeItem

__all__ = [
    "ArmbandIssue",
    "BoardCheck",
    "BoardPrinting",
    "ContactCardBatch",
    "Coordinator",
    "HandbookEdition",
    "HandbookSection",
    "Liaison",
    "Nomination",
    "NominationApproval",
    "NominationEvent",
    "NoticeBoard",
    "PartyMemberLink",
    "PartyMemberTick",
    "PostProvision",
    "ProvisionEdition",
    "RightExercise",
    "RightsBoard",
    "Scheme",
    "SchemeCheck",
    "SchemeItem",
    "SiteContact",
    "TreatmentLevel",
]
