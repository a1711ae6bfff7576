"""What boards and cards would say today, for many of them in a constant number of queries.

Paper is for the workers and always in Chinese, whatever language its maker reads.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.forms.models import model_to_dict
from django.utils import translation

from coordinators.disclosure import Shown, shown_by_project
from coordinators.models import ContactCardBatch, Liaison, NoticeBoard, RightsBoard, SiteContact
from coordinators.paper import content
from coordinators.paper.content import Said, Site
from core.models import Attachment
from regions.models import Project

PAPER_LANGUAGE = "zh-hans"


@dataclass(frozen=True, slots=True)
class Today:
    """What is to be said, and where its photos are: fingerprint → number of the attachment."""

    said: Said
    photos: dict[str, int]


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that the paper of some projects is made of, by project; `serves`: liaison's post → (team, crew)."""

    people: Mapping[int, list[Shown]]
    fingerprints: Mapping[int, str]
    contacts: Mapping[int, SiteContact]

    def site(self, project: Project) -> Site:
        contact = self.contacts.get(project.pk) or SiteContact()
        hotline = contact.hotline or settings.COMPANY_HOTLINE
        return Site(project.name, project.region.name, hotline, contact.mailbox_place, contact.mailbox_note)

    def photos(self, project: Project) -> dict[str, int]:
        shown = self.people.get(project.pk, [])
        return {self.fingerprints[each.photo]: each.photo for each in shown if each.photo in self.fingerprints}


def today_of(boards: Sequence[NoticeBoard], day: date) -> dict[int, Today]:
    """Board → what it would say on `day`; seven queries. The boards come with their project and region."""
    with translation.override(PAPER_LANGUAGE):
        facts = _facts([board.project for board in boards], day)
        statutory = {row.project_id: model_to_dict(row) for row in _rights(boards)}
        return {board.pk: Today(_said(board, facts, statutory), facts.photos(board.project)) for board in boards}


def _said(board: NoticeBoard, facts: Facts, statutory: Mapping[int, Mapping[str, Any]]) -> Said:
    site = facts.site(board.project)
    if board.kind == NoticeBoard.Kind.RIGHTS:
        return content.rights(site, statutory.get(board.project_id, {}))
    return content.party_mass(site, facts.people.get(board.project_id, []), facts.fingerprints)


def today_of_cards(batches: Sequence[ContactCardBatch], day: date) -> dict[Any, Today]:
    """Batch → what its cards would say on `day`. The batches come with project and region, team and crew."""
    with translation.override(PAPER_LANGUAGE):
        facts = _facts([batch.project for batch in batches], day)
        serves = _served(facts.people)
        return {
            batch.pk: Today(_card(batch, facts, serves), facts.photos(batch.project))
            for batch in batches  # a batch that is not saved yet stands under None
        }


def _card(batch: ContactCardBatch, facts: Facts, serves: Mapping[int, tuple[int, int | None]]) -> Said:
    people = facts.people.get(batch.project_id, [])
    liaison = _liaison_of(batch, [each for each in people if each.is_liaison], serves)
    # The nearest comes last in the list of coordinators: the region's, then the project's.
    coordinators = [each for each in reversed(people) if not each.is_liaison]
    unit = " ".join(str(each) for each in (batch.team, batch.crew) if each)
    chosen = [*([liaison] if liaison else []), *coordinators[:1]]
    return content.card(facts.site(batch.project), unit, chosen, facts.fingerprints)


def _liaison_of(batch: ContactCardBatch, liaisons: Sequence[Shown], serves: Mapping[int, tuple[int, int | None]]) -> Shown | None:
    """The crew's own, else the team's (one who serves the whole team before one of its crews)."""
    if batch.team_id is None:
        return None
    of_team = [(serves[each.post_id][1], each) for each in liaisons if serves.get(each.post_id, (None,))[0] == batch.team_id]
    of_crew = [each for crew, each in of_team if crew == batch.crew_id]
    of_whole_team = [each for crew, each in of_team if crew is None]
    others = [each for _crew, each in of_team] if batch.crew_id is None else []
    return next(iter([*of_crew, *of_whole_team, *others]), None)


def _facts(projects: Iterable[Project], day: date) -> Facts:
    by_id = {project.pk: project for project in projects}
    people = shown_by_project(by_id.values(), day)
    photos = {each.photo for shown in people.values() for each in shown if each.photo}
    fingerprints = dict(Attachment.objects.filter(pk__in=photos).values_list("pk", "sha256"))
    contacts = {row.project_id: row for row in SiteContact.objects.filter(project__in=by_id)}
    return Facts(people, fingerprints, contacts)


def _rights(boards: Sequence[NoticeBoard]) -> Iterable[RightsBoard]:
    return RightsBoard.objects.filter(project__in=[board.project_id for board in boards])


def _served(people: Mapping[int, list[Shown]]) -> dict[int, tuple[int, int | None]]:
    posts = [each.post_id for shown in people.values() for each in shown if each.is_liaison]
    return {pk: (team, crew) for pk, team, crew in Liaison.objects.filter(pk__in=posts).values_list("pk", "team", "crew")}
