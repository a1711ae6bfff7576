"""What belongs to one kind and has an address of its own: the document of a labour act."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from core.attachments import served
from handbook.models import LabourAct


@require_safe
def labour_document(request: HttpRequest, pk: int) -> HttpResponse:
    """To whoever sees the act: the region's coordinator and headquarters."""
    act = get_object_or_404(LabourAct.objects.visible_to(request.user).select_related("document"), pk=pk)
    if act.document is None:
        raise Http404
    return served(act.document)
