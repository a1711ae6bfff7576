"""Words, forms and rules that migrations bring: a test with transactions of its own leaves their tables empty."""

from importlib import import_module

from django.apps import apps

from coordinators.models import ProvisionEdition
from feedback.models import CaseCategory
from handbook.models import VisitTopic
from reports.models import ReportTemplate

FILLED_BY = {
    ReportTemplate: ("reports.migrations.0002_first_template", "seed"),
    ProvisionEdition: ("coordinators.migrations.0003_first_provisions_and_schemes", "write"),
    CaseCategory: ("feedback.migrations.0002_first_rules_and_form", "seed"),
    VisitTopic: ("handbook.migrations.0002_first_words_and_lists", "seed"),
}


def what_migrations_fill() -> None:
    for model, (module, function) in FILLED_BY.items():
        if not model._default_manager.exists():
            getattr(import_module(module), function)(apps, None)
