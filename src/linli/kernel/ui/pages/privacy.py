"""One masked value in full, for one person, with a reason that stays in the record."""

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import FieldDoesNotExist, ImproperlyConfigured
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from linli.kernel.errors import Refusal
from linli.kernel.privacy import SealedText
from linli.kernel.refs import Kind, kind_of
from linli.kernel.scope import permission, signed_in
from linli.kernel.scope.doors import actor_of
from linli.kernel.seals import Unreadable


class ReasonForm(forms.Form):
    """Why somebody wants to see a value."""

    reason = forms.CharField(
        label=_("Why do you need it?"),
        max_length=200,
        help_text=_("Your reason and your name are kept in the record."),
    )


def _asked_for(kind_name: str, column: str) -> tuple[Kind, SealedText]:
    """The kind and its sealed column, or no such page."""
    try:
        kind = kind_of(kind_name)
        field = kind.model._meta.get_field(column)
    except (ImproperlyConfigured, FieldDoesNotExist) as error:
        raise Http404 from error
    if not isinstance(field, SealedText):
        raise Http404
    return kind, field


@permission(signed_in)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reveal(request: HttpRequest, kind_name: str, key: UUID, column: str) -> HttpResponse:
    """Ask for the reason; show the value once it is given, on this answer only."""
    kind, field = _asked_for(kind_name, column)
    actor = actor_of(request)
    record = get_object_or_404(kind.visible_to(kind.rows(), actor), pk=key)
    sealed = getattr(record, column)
    form = ReasonForm(request.POST or None)
    shown: dict[str, Any] = {
        "form": form,
        "title": field.verbose_name,
        "masked": str(sealed),
        "label": kind.label(record),
        "back": kind.address(record),
    }
    if request.method == "POST" and form.is_valid():
        try:
            shown["value"] = sealed.reveal(reason=form.cleaned_data["reason"], actor=actor)
        except Unreadable:
            form.add_error(None, _("This value cannot be opened any more. Tell the system administrator."))
        except Refusal as refusal:
            if refusal.field != "reason":
                raise
            form.add_error("reason", str(refusal))
    return render(request, "ui/reveal.html", shown)
