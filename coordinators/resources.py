"""Coordinators and liaisons as spreadsheets. People are named by their user name, which exists before a post is given."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from import_export.fields import Field

from accounts.models import User
from coordinators.models import Coordinator, Liaison
from coordinators.nominations.policies import can_see_treatment
from coordinators.policies import crew_problems, second_holder_problem, unit_problems
from coordinators.posts_workflow import lock_unit
from core.sheets import ChoiceCell, DayCell, ScopedKey, SheetResource, TextCell, YesNoCell
from labour_teams.models import LabourTeam, WorkCrew
from regions.models import Project, Region


class PostResource(SheetResource):
    """A post is known by person, unit and first day. Nobody gives himself one, in a sheet as little as in the form."""

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

    empty_keys = frozenset({"region", "project"})
    headings = {
        "person": gettext_lazy("user name"),
        "name": gettext_lazy("name"),
        "region": gettext_lazy("region code"),
        "project": gettext_lazy("project code"),
    }

    person = Field("person", widget=ScopedKey(User, "username"))
    name = Field("person__name", column_name="name", widget=TextCell(), readonly=True)
    kind = Field("kind", widget=ChoiceCell(Coordinator.Kind.choices))
    region = Field("region", widget=ScopedKey(Region, "code"))
    project = Field("project", widget=ScopedKey(Project, "code"))
    is_labour_manager = Field("is_labour_manager", widget=YesNoCell())
    main_job = Field("main_job", widget=TextCell())
    from_on = Field("from_on", widget=DayCell())
    to_on = Field("to_on", widget=DayCell())
    is_acting = Field("is_acting", widget=YesNoCell())
    document_no = Field("document_no", widget=TextCell())
    treatment_level = Field("get_treatment_level_display", column_name="treatment_level", widget=TextCell(), readonly=True)

    class Meta:
        model = Coordinator
        fields = (
            "person", "name", "kind", "region", "project", "is_labour_manager", "main_job", "from_on", "to_on", "is_acting",
            "document_no", "treatment_level",
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
        return problems


class LiaisonResource(PostResource):
    empty_keys = frozenset({"crew"})
    headings = {
        "person": gettext_lazy("user name"),
        "name": gettext_lazy("name"),
        "project": gettext_lazy("project code"),
    }

    person = Field("person", widget=ScopedKey(User, "username"))
    name = Field("person__name", column_name="name", widget=TextCell(), readonly=True)
    project = Field("team__project__code", column_name="project", widget=TextCell(), readonly=True)
    team = Field("team", widget=ScopedKey(LabourTeam, "name", within={"project": "project__code"}))
    crew = Field("crew", widget=ScopedKey(WorkCrew, "name", within={"project": "team__project__code", "team": "team__name"}))
    is_crew_leader = Field("is_crew_leader", widget=YesNoCell())
    from_on = Field("from_on", widget=DayCell())
    to_on = Field("to_on", widget=DayCell())
    is_acting = Field("is_acting", widget=YesNoCell())
    document_no = Field("document_no", widget=TextCell())

    class Meta:
        model = Liaison
        fields = (
            "person", "name", "project", "team", "crew", "is_crew_leader", "from_on", "to_on", "is_acting", "document_no",
        )  # fmt: skip
        import_id_fields = ("person", "project", "team", "crew", "from_on")

    def problems_of(self, post: Liaison) -> dict[str, str]:
        return crew_problems(team=post.team if post.team_id else None, crew=post.crew)
