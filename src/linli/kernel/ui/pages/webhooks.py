"""Webhooks: who is told of what, what was delivered, and the button that sends again."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from linli.kernel import audit
from linli.kernel.api.models import WebhookDelivery
from linli.kernel.api.webhooks import endpoints
from linli.kernel.errors import Refusal
from linli.kernel.scope import Actor, Role, holds, permission
from linli.kernel.scope.doors import actor_of
from linli.kernel.ui.lists import Column, ListPage

ADMINISTRATOR = holds(Role.SYSTEM_ADMINISTRATOR)
LAMPS = {"waiting": "amber", "delivered": "green", "failed": "red"}


class WebhookForm(forms.Form):
    """Where to tell what. Records are told as far as the administrator who sets it up may see them."""

    name = forms.CharField(label=_("Which system listens"), max_length=80)
    url = forms.CharField(label=_("Address (https)"), max_length=500)
    actions = forms.MultipleChoiceField(label=_("Actions"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["actions"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(action.name, action.title) for action in sorted(audit.actions(), key=lambda one: one.name)]


def _actor(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    assert actor is not None
    return actor


@permission(ADMINISTRATOR)
def webhooks(request: HttpRequest) -> HttpResponse:
    """The list, and the form of a new webhook; its secret stands on the answer and nowhere else."""
    secret = ""
    form = WebhookForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            secret = endpoints.add(owner=request.user, actor=_actor(request), **form.cleaned_data).secret
            form = WebhookForm()
        except Refusal as refusal:
            form.add_error(refusal.field or None, str(refusal))
    page = ListPage(
        request,
        endpoints.visible_to(_actor(request)),
        columns=(
            Column("name", _("Which system listens")),
            Column("owner", _("Owner")),
            Column("state", _("State")),
            Column("failures", _("Failures in a row"), numeric=True),
        ),
    )
    response = render(request, "ui/webhooks.html", {"page": page, "form": form, "secret": secret})
    response["Cache-Control"] = "no-store"
    return response


@permission(ADMINISTRATOR)
@require_safe
def webhook(request: HttpRequest, endpoint_id: UUID) -> HttpResponse:
    """One webhook and what was sent to it."""
    endpoint = get_object_or_404(endpoints.visible_to(_actor(request)), pk=endpoint_id)
    page = ListPage(
        request,
        endpoints.deliveries_of(endpoint),
        columns=(
            Column("action", _("Action")),
            Column("made_at", _("Happened"), sort="id"),
            Column("state", _("State")),
            Column("attempts", _("Attempts"), numeric=True),
            Column("answer", _("Last answer")),
        ),
    )
    titles = {action.name: action.title for action in audit.actions()}
    for delivery in page.rows:
        delivery.lamp = LAMPS[delivery.state]
        delivery.title = titles.get(delivery.action, delivery.action)
    asked = [titles.get(name, name) for name in endpoint.actions]
    return render(request, "ui/webhook.html", {"page": page, "endpoint": endpoint, "asked": asked})


@permission(ADMINISTRATOR)
@require_POST
def switch(request: HttpRequest, endpoint_id: UUID) -> HttpResponse:
    """Stop telling, or tell again."""
    endpoint = get_object_or_404(endpoints.visible_to(_actor(request)), pk=endpoint_id)
    endpoints.switch(endpoint, active=request.POST.get("active") == "1", actor=_actor(request))
    return redirect("ui:webhook", endpoint.pk)


@permission(ADMINISTRATOR)
@require_POST
def resend(request: HttpRequest, delivery_id: UUID) -> HttpResponse:
    """Send one delivery again."""
    seen = endpoints.visible_to(_actor(request))
    rows = WebhookDelivery.objects.filter(endpoint__in=seen).select_related("endpoint")
    delivery = get_object_or_404(rows, pk=delivery_id)
    endpoints.resend(delivery, actor=_actor(request))
    messages.success(request, _("The event is being sent again."))
    return redirect("ui:webhook", delivery.endpoint.pk)
