"""What every post has in common: a person holding it, from a day to a day."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.querysets import PostQuerySet
from core.scope import Grant, Scoped


class Post(Scoped):
    """A person holding a post, from a day to a day. Concrete posts say where, and which grants that gives."""

    scope_is_structure = True
    title_joins: ClassVar[tuple[str, ...]] = ()

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.PROTECT, related_name="%(class)s_posts"
    )
    from_on = models.DateField(_("from"))
    to_on = models.DateField(_("to (last day)"), null=True, blank=True)
    is_acting = models.BooleanField(_("acting"), default=False)
    document_no = models.CharField(_("appointing document"), max_length=60, blank=True)
    end_reason = models.CharField(_("why it ended"), max_length=200, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_ends_after_start", condition=models.Q(to_on=None) | models.Q(to_on__gte=models.F("from_on"))
            )
        ]

    def grants(self) -> tuple[Grant, ...]:
        """The grants that holding this post gives."""
        raise NotImplementedError

    @property
    def title(self) -> str:
        """The post in words, with its unit: 「敦格项目·劳务员」."""
        raise NotImplementedError

    def is_held_on(self, day: date) -> bool:
        return self.from_on <= day and (self.to_on is None or day <= self.to_on)
