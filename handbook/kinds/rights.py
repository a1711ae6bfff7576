"""维权: pay rolls looked through, policies explained, a quarrel settled. What has to be dealt with becomes a matter."""

from handbook.kinds.base import KindForm
from handbook.models import EntryKind


class RightsForm(KindForm):
    kind = EntryKind.RIGHTS
