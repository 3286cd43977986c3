"""Doors of what a worker enters for somebody: consent given on paper, taken back, and data passed on."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from linli.apps.people import queries, services
from linli.apps.people.forms import PaperConsentForm, PassOnForm
from linli.apps.people.models import Consent, ConsentText
from linli.apps.people.permissions import enters_requests
from linli.apps.people.views.filling_in import act
from linli.apps.people.views.joining import own_account
from linli.apps.people.views.roster import act_on, found
from linli.kernel.errors import Refusal
from linli.kernel.scope import permission


@permission(enters_requests)
def paper_consent(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What a person of the roster signed or said, with the scan of the paper."""
    row, actor = found(request, pk), own_account(request)
    texts = ConsentText.objects.in_force(timezone.localdate()).order_by("purpose")
    form = PaperConsentForm(request.POST or None, request.FILES or None, texts=texts)

    def do() -> None:
        services.agree_on_paper(person=row, actor=actor, **form.cleaned_data)

    return act_on(
        request, row, form, do, done=_("Entered. The person may take it back at any time."),
        title=_("Enter a consent given on paper"), press=_("Enter"), files=True,
    )  # fmt: skip


@permission(enters_requests)
@require_POST
def take_back_for(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a consent back on the word of whoever gave it."""
    actor = own_account(request)
    rows = queries.consents_visible_to(actor).filter(person__isnull=False)
    consent: Consent = get_object_or_404(rows.select_related("person__community", "text"), pk=pk)
    assert consent.person is not None  # asked for above
    try:
        services.take_back(consent, actor=actor)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Taken back. From now on the data are no longer used for this."))
    return redirect("people:person", consent.person.pk)


@permission(enters_requests)
def pass_on(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write down that data of a person of the roster, or of a resident's account, went to another body."""
    actor = own_account(request)
    user = queries.residents_visible_to(actor).filter(pk=pk).first()
    person = None if user else found(request, pk)
    form = PassOnForm(request.POST or None)
    whose: Any = user or person

    def do() -> None:
        services.pass_on(user=user, person=person, actor=actor, **form.cleaned_data)

    return act(
        request, form, do, back=reverse("people:resident" if user else "people:person", args=[whose.pk]),
        done=_("Written down. The person reads it under “my data”."), title=_("Enter that data were passed on"),
        lead=whose.name, press=_("Enter"), crumb=whose.name, is_account=user is not None,
    )  # fmt: skip
