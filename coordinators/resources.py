"""Coordinators and liaisons of many units in one spreadsheet, for headquarters.

What a sheet says of a post is defined once (coordinator_import.sheet, liaison_import.sheet): the wizard reads it for one project;
here a few columns are added that say which unit. So a list that fits the wizard fits here with a column for the project's code.
"""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from import_export.fields import Field

from coordinators.coordinator_import.sheet import COORDINATORS
from coordinators.liaison_import.sheet import LIAISONS
from coordinators.models import Coordinator, Liaison
from coordinators.nominations.policies import can_see_treatment
from coordinators.policies import begins_problem, crew_problems, dates_problem, second_holder_problem, unit_problems
from coordinators.post_import.cells import AnswerCell, ColumnCell, PersonCell, UnitCell
from coordinators.posts_workflow import lock_unit
from core.sheets import ChoiceCell, ScopedKey, SheetResource, TextCell, YesNoCell
from imports.sheets import Column
from labour_teams.models import LabourTeam, WorkCrew
from regions.models import Project, Region

SHARED = {"name", "phone", "from_on", "to_on", "is_acting", "document_no"}


class PostResource(SheetResource):
    """A post is known by person, unit and first day. Nobody gives himself one, in a sheet as little as in the form.

    `shared`: the columns that the wizard's sheet has too; the admin's own headings are understood beside theirs.
    """

    shared: ClassVar[Mapping[str, Column]] = {}

    def heading(self, name: str) -> str:
        return self.shared[name].header if name in self.shared else super().heading(name)

    def names_by_heading(self) -> dict[str, str]:
        names = {alias: name for name, column in self.shared.items() for alias in column.aliases}
        for language, _name in settings.LANGUAGES:
            with translation.override(language):
                names |= {super(PostResource, self).heading(name): name for name in self.names}
        names.pop("", None)  # of the mobile, which is the account's
        return names | super().names_by_heading()

    def problems_of(self, post: Any) -> dict[str, str]:
        raise NotImplementedError

    def validate_instance(self, instance: Any, import_validation_errors: Any = None, validate_unique: bool = True) -> None:
        errors = dict(import_validation_errors or {})
        if not errors:
            errors |= {name: ValidationError(words) for name, words in self.problems_of(instance).items()}
        if instance.person_id and self.user and instance.person_id == self.user.pk:
            errors["person"] = ValidationError(_("Nobody gives himself a post. Ask a colleague who may."))
        if errors:
            raise ValidationError(errors)
        super().validate_instance(instance, {}, validate_unique)


class CoordinatorResource(PostResource):
    """The treatment level leaves for those alone who may see it, and comes in by no sheet: the appointment sets it."""

    empty_keys = frozenset({"person", "region", "project"})
    shared = {name: COORDINATORS.column(name) for name in SHARED | {"main_job"}}
    headings = {
        "person": gettext_lazy("user name"),
        "name": gettext_lazy("name"),
        "region": gettext_lazy("region code"),
        "project": gettext_lazy("project code"),
    }

    person = Field("person", widget=PersonCell(shared["phone"]))
    name = Field("person__name", column_name="name", widget=TextCell(), readonly=True)
    phone = Field("person__phone", column_name="phone", widget=TextCell(), readonly=True)
    kind = Field("kind", widget=ChoiceCell(Coordinator.Kind.choices))
    region = Field("region", widget=ScopedKey(Region, "code"))
    project = Field("project", widget=ScopedKey(Project, "code"))
    is_labour_manager = Field("is_labour_manager", widget=YesNoCell())
    main_job = Field("main_job", widget=ColumnCell(shared["main_job"]))
    from_on = Field("from_on", widget=ColumnCell(shared["from_on"], empty=None))
    to_on = Field("to_on", widget=ColumnCell(shared["to_on"], empty=None))
    is_acting = Field("is_acting", widget=AnswerCell(shared["is_acting"]))
    document_no = Field("document_no", widget=ColumnCell(shared["document_no"]))
    treatment_level = Field("get_treatment_level_display", column_name="treatment_level", widget=TextCell(), readonly=True)

    class Meta:
        model = Coordinator
        fields = (
            "person", "name", "phone", "kind", "region", "project", "is_labour_manager", "main_job", "from_on", "to_on",
            "is_acting", "document_no", "treatment_level",
        )  # fmt: skip
        import_id_fields = ("person", "region", "project", "from_on")

    @property
    def names(self) -> tuple[str, ...]:
        may_see = self.user is not None and can_see_treatment(self.user)
        return tuple(name for name in super().names if may_see or name != "treatment_level")

    def problems_of(self, post: Coordinator) -> dict[str, str]:
        said = {"kind": post.kind, "region": post.region, "project": post.project}
        problems = unit_problems(**said, is_labour_manager=post.is_labour_manager)
        if not problems and post.region and post.from_on:
            lock_unit(post.region)
            words = second_holder_problem(post.region, post.from_on, post.to_on, is_acting=post.is_acting, but=post.pk)
            problems |= {"region": words} if words else {}
        if self.user and (words := dates_problem(self.user, post)):
            problems["to_on"] = words
        if self.user and post.pk is None and (words := begins_problem(self.user, post.kind)):
            problems["kind"] = words
        return problems


class LiaisonResource(PostResource):
    empty_keys = frozenset({"person", "crew"})
    shared = {name: LIAISONS.column(name) for name in SHARED | {"is_crew_leader"}}
    shared |= {"team": LIAISONS.column("labour_team"), "crew": LIAISONS.column("work_crew")}
    headings = {
        "person": gettext_lazy("user name"),
        "name": gettext_lazy("name"),
        "project": gettext_lazy("project code"),
    }

    person = Field("person", widget=PersonCell(shared["phone"]))
    name = Field("person__name", column_name="name", widget=TextCell(), readonly=True)
    phone = Field("person__phone", column_name="phone", widget=TextCell(), readonly=True)
    project = Field("team__project__code", column_name="project", widget=TextCell(), readonly=True)
    team = Field("team", widget=UnitCell(shared["team"], LabourTeam, {"project": "project__code"}))
    crew = Field("crew", widget=UnitCell(shared["crew"], WorkCrew, {"project": "team__project__code", "team": "team__name"}))
    is_crew_leader = Field("is_crew_leader", widget=AnswerCell(shared["is_crew_leader"]))
    from_on = Field("from_on", widget=ColumnCell(shared["from_on"], empty=None))
    to_on = Field("to_on", widget=ColumnCell(shared["to_on"], empty=None))
    is_acting = Field("is_acting", widget=AnswerCell(shared["is_acting"]))
    document_no = Field("document_no", widget=ColumnCell(shared["document_no"]))

    class Meta:
        model = Liaison
        fields = (
            "person", "name", "phone", "project", "team", "crew", "is_crew_leader", "from_on", "to_on", "is_acting",
            "document_no",
        )  # fmt: skip
        import_id_fields = ("person", "project", "team", "crew", "from_on")

    def problems_of(self, post: Liaison) -> dict[str, str]:
        return crew_problems(team=post.team if post.team_id else None, crew=post.crew)
