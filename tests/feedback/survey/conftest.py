"""A round of one team with everybody round it."""

from dataclasses import dataclass

from accounts.models import User
from core.months import Month
from core.roles import Role
from feedback.models import SurveyQuestion, SurveyResponse, SurveyRound, SurveyTeam
from tests.factories import SurveyResponseFactory, SurveyRoundFactory, SurveyTeamFactory
from tests.shared_world import world_once
from tests.world import Company, found_company

MONTH = Month(2026, 5)


@dataclass
class Scene:
    company: Company
    round: SurveyRound
    in_round: SurveyTeam
    people: dict[str, User]

    @property
    def coordinator(self) -> User:
        return self.people[Role.PROJECT_COORDINATOR]

    @property
    def questions(self) -> list[SurveyQuestion]:
        return list(self.round.template.questions.order_by("number"))

    def address(self, page: str) -> str:
        return f"/surveys/{self.round.project.code}/{self.round.month}/{page}"

    def team_address(self, page: str, more: str = "") -> str:
        return self.address(f"{page}/{self.in_round.team_id}/{more}")

    def sheet(self, **facts: object) -> SurveyResponse:
        return SurveyResponseFactory(round=self.round, team=self.in_round.team, **facts)

    def again(self) -> SurveyRound:
        self.round.refresh_from_db()
        return self.round


def build() -> Scene:
    company = found_company()
    round_ = SurveyRoundFactory(project=company.own_project, month=MONTH)
    in_round = SurveyTeamFactory(round=round_, team=company.own_team, on_site=20)
    return Scene(company, round_, in_round, {role: company.person(role) for role in Role})


founded, scene = world_once(build)
