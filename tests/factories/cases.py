"""The rules of cases: dispatching, deadlines, and who reads what is sensitive."""

import factory
from factory.django import DjangoModelFactory

from feedback.models import DeadlineRule, RoutingRule, SensitiveOfficer
from tests.factories.feedback import CaseCategoryFactory
from tests.factories.posts import UserFactory
from tests.factories.units import DepartmentFactory


class RoutingRuleFactory(DjangoModelFactory):
    """To a department; `RoutingRuleFactory(tier="project", department=None)` to a tier."""

    class Meta:
        model = RoutingRule

    order = factory.Sequence(lambda number: number + 1)
    category = factory.SubFactory(CaseCategoryFactory)
    department = factory.SubFactory(DepartmentFactory)


class DeadlineRuleFactory(DjangoModelFactory):
    """For a category of its own: the rows for all others come with the migrations."""

    class Meta:
        model = DeadlineRule

    severity = "normal"
    category = factory.SubFactory(
        CaseCategoryFactory,
        key=factory.Sequence(lambda number: f"made-{number}"),
        name=factory.Sequence(lambda number: f"类别{number}"),
    )
    answer_days = 3
    settle_days = 10


class SensitiveOfficerFactory(DjangoModelFactory):
    class Meta:
        model = SensitiveOfficer

    person = factory.SubFactory(UserFactory)
    from_on = "2026-01-01"
