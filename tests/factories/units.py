"""Regions, departments, projects and their stages."""

from datetime import date
from typing import Any

import factory
from factory.django import DjangoModelFactory

from regions.models import Department, Project, ProjectStage, Region


class RegionFactory(DjangoModelFactory):
    class Meta:
        model = Region

    code = factory.Sequence(lambda n: f"R{n}")
    name = factory.Sequence(lambda n: f"第{n}片区")
    order = factory.Sequence(lambda n: n % 30_000)


class DepartmentFactory(DjangoModelFactory):
    class Meta:
        model = Department

    class Params:
        branch = factory.Trait(kind=Department.Kind.BRANCH)
        outside = factory.Trait(kind=Department.Kind.OUTSIDE)

    code = factory.Sequence(lambda n: f"D{n}")
    name = factory.Sequence(lambda n: f"第{n}职能部")


class ProjectStageFactory(DjangoModelFactory):
    class Meta:
        model = ProjectStage

    project = factory.SubFactory("tests.factories.ProjectFactory", stage=None)
    stage = ProjectStage.Stage.ACTIVE
    from_on = date(2020, 1, 1)


class ProjectFactory(DjangoModelFactory):
    class Meta:
        model = Project

    code = factory.Sequence(lambda n: f"P{n}")
    name = factory.Sequence(lambda n: f"第{n}标段项目")
    region = factory.SubFactory(RegionFactory)
    stage: Any = ProjectStage.Stage.ACTIVE

    @classmethod
    def _create(cls, model_class: type[Project], *args: Any, stage: str | None, **kwargs: Any) -> Project:
        project = super()._create(model_class, *args, **kwargs)
        if stage is not None:
            ProjectStageFactory(project=project, stage=stage)
        return project
