"""Teams, crews, workers and their engagements."""

import factory
from factory.django import DjangoModelFactory

from core.personal import IdNumber
from labour_teams.models import Engagement, LabourTeam, WorkCrew, Worker
from tests.factories.numbers import bank_card, day, id_number, person_name, phone
from tests.factories.units import DepartmentFactory, ProjectFactory


class LabourTeamFactory(DjangoModelFactory):
    class Meta:
        model = LabourTeam

    class Params:
        left = factory.Trait(left_on=day(-5))

    project = factory.SubFactory(ProjectFactory)
    name = factory.Sequence(lambda n: f"隧道{n}队")
    company_name = factory.Sequence(lambda n: f"山河{n}劳务有限公司")
    manager_name = factory.Sequence(person_name)
    entered_on = day(-400)


class WorkCrewFactory(DjangoModelFactory):
    class Meta:
        model = WorkCrew

    team = factory.SubFactory(LabourTeamFactory)
    name = factory.Sequence(lambda n: f"钢筋{n}班")
    leader_name = factory.Sequence(person_name)


class WorkerFactory(DjangoModelFactory):
    class Meta:
        model = Worker

    id_number = factory.Sequence(lambda n: IdNumber.parse(id_number(n)))


class EngagementFactory(DjangoModelFactory):
    class Meta:
        model = Engagement

    class Params:
        left = factory.Trait(left_on=day(-10))
        externally_hired = factory.Trait(employment_type=Engagement.EmploymentType.EXTERNALLY_HIRED)
        party_member = factory.Trait(political_status_code="01")
        of_branch = factory.Trait(branch=factory.SubFactory(DepartmentFactory, branch=True))

    worker = factory.SubFactory(WorkerFactory)
    name = factory.Sequence(person_name)
    ethnicity_code = "01"
    political_status_code = "13"
    education_code = "02"
    native_place = "湖南长沙"
    crew = None
    team = factory.Maybe("crew", factory.SelfAttribute("crew.team"), factory.SubFactory(LabourTeamFactory))
    trade = "钢筋工"
    phone = factory.Sequence(phone)
    bank_card = factory.Sequence(bank_card)
    entered_on = day(-90)
