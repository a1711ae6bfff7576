"""What refers to a row is named, unless that there is such a record is itself nobody's business."""

import pytest

from core.references import in_use, unused
from labour_teams.models import Engagement, Worker
from tests.factories import EngagementFactory, PartyMemberLinkFactory, WorkerFactory

pytestmark = pytest.mark.django_db


def test_what_refers_to_a_row_is_named() -> None:
    engagement = EngagementFactory()
    found = list(in_use(Worker.objects.filter(pk=engagement.worker_id)))
    assert found == [(engagement.worker_id, f"后来的记录引用了它：{Engagement._meta.verbose_name_plural}。")]


def test_that_somebody_is_a_party_member_is_no_reason_that_is_told() -> None:
    engagement = PartyMemberLinkFactory().engagement
    assert list(in_use(Engagement.objects.filter(pk=engagement.pk))) == [(engagement.pk, "后来的记录引用了它。")]


def test_unused_rows_are_those_to_which_nothing_refers() -> None:
    engagement, alone = EngagementFactory(), WorkerFactory()
    assert list(unused(Worker.objects.filter(pk__in=[engagement.worker_id, alone.pk]))) == [alone]
