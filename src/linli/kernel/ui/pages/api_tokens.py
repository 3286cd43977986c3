"""Tokens of other systems: one's own, all of them for the system administrator; the secret is shown once."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from linli.kernel.api import declared, issue, revoke
from linli.kernel.api.tokens import visible_to
from linli.kernel.errors import Refusal
from linli.kernel.scope import holds, permission
from linli.kernel.scope.doors import actor_of
from linli.kernel.scope.roles import STAFF
from linli.kernel.ui.lists import Column, ListPage

DAYS = (30, 90, 180, 366)


class TokenForm(forms.Form):
    """What a new token is for, and for how long."""

    name = forms.CharField(label=_("Which system uses it"), max_length=80)
    scopes = forms.MultipleChoiceField(label=_("Scopes"), widget=forms.CheckboxSelectMultiple)
    days = forms.TypedChoiceField(label=_("Valid for"), coerce=int, initial=90)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        scopes, days = self.fields["scopes"], self.fields["days"]
        assert isinstance(scopes, forms.MultipleChoiceField)
        assert isinstance(days, forms.TypedChoiceField)
        scopes.choices = [(scope.name, scope.title) for scope in declared()]
        days.choices = [(number, _("%(number)s days") % {"number": number}) for number in DAYS]


@permission(holds(*STAFF))
def api_tokens(request: HttpRequest) -> HttpResponse:
    """The list, and the form of a new token; its secret stands on the answer and nowhere else."""
    actor, secret = actor_of(request), ""
    assert actor is not None
    form = TokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            secret = issue(owner=request.user, actor=actor, **form.cleaned_data).secret
            form = TokenForm()
        except Refusal as refusal:
            form.add_error(refusal.field or None, str(refusal))
    page = ListPage(
        request,
        visible_to(actor),
        columns=(
            Column("name", _("Which system uses it")),
            Column("owner", _("Owner")),
            Column("scopes", _("Scopes")),
            Column("expires_at", _("Valid until")),
            Column("used", _("Last used")),
            Column("state", _("State")),
        ),
    )
    now, titles = timezone.now(), {scope.name: scope.title for scope in declared()}
    for token in page.rows:
        token.titles = [titles.get(name, name) for name in token.scopes]
        token.valid = token.revoked_at is None and token.expires_at > now
    response = render(request, "ui/api_tokens.html", {"page": page, "form": form, "secret": secret})
    response["Cache-Control"] = "no-store"
    return response


@permission(holds(*STAFF))
@require_POST
def end_token(request: HttpRequest, token_id: UUID) -> HttpResponse:
    """End one token now."""
    actor = actor_of(request)
    assert actor is not None
    token = get_object_or_404(visible_to(actor), pk=token_id)
    revoke(token, actor=actor)
    messages.success(request, _("The token “%(name)s” was revoked.") % {"name": token})
    return redirect("ui:api_tokens")
