from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FeedbackConfig(AppConfig):
    name = "feedback"
    verbose_name = _("Feedback")

    def ready(self) -> None:
        """The figures of each part register themselves."""
        import feedback.figures
        import feedback.revisits.figures
        import feedback.survey.figures  # noqa: F401
