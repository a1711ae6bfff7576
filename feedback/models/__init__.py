from feedback.models.cases import Case, CaseEvent
from feedback.models.concerned import CaseAccused, CaseContact, CaseOfficer, CaseSight
from feedback.models.hotline import HotlineCall, HotlineDuty, MailboxOpening
from feedback.models.promised import CaseExtension, CaseNotice, Promise, Revisit
from feedback.models.rules import CaseCategory, DeadlineRule, Kind, RoutingRule, SensitiveOfficer, Severity, Tier
from feedback.models.said import CaseFile, CaseMessage, CasePhoto
from feedback.models.survey import (
    SurveyAnswer,
    SurveyQuestion,
    SurveyResponse,
    SurveyRound,
    SurveyRoundEvent,
    SurveyTeam,
    SurveyTemplate,
)
from feedback.models.wall import FeedbackItem, FeedbackSheet, ReadingAloud

__all__ = [
    "Case",
    "CaseAccused",
    "CaseCategory",
    "CaseContact",
    "CaseEvent",
    "CaseExtension",
    "CaseFile",
    "CaseMessage",
    "CaseNotice",
    "CaseOfficer",
    "CasePhoto",
    "CaseSight",
    "DeadlineRule",
    "FeedbackItem",
    "FeedbackSheet",
    "HotlineCall",
    "HotlineDuty",
    "Kind",
    "MailboxOpening",
    "Promise",
    "ReadingAloud",
    "Revisit",
    "RoutingRule",
    "SensitiveOfficer",
    "Severity",
    "SurveyAnswer",
    "SurveyQuestion",
    "SurveyResponse",
    "SurveyRound",
    "SurveyRoundEvent",
    "SurveyTeam",
    "SurveyTemplate",
    "Tier",
]
