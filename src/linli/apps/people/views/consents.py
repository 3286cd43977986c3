"""Doors of consents: what I agreed to, and the texts the security administrator writes."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from linli.apps.people import queries, services
from linli.apps.people.forms import ConsentTextForm
from linli.apps.people.models import Consent, ConsentText
from linli.apps.people.permissions import keeps_registers, sees_own_data
from linli.apps.people.services.consents import Asked
from linli.apps.people.views.joining import explain, own_account
from linli.kernel.errors import Refusal
from linli.kernel.scope import permission
from linli.kernel.ui.lists import Column, ListPage

COLUMNS = (
    Column("purpose", _("Purpose")),
    Column("version", _("Version"), numeric=True),
    Column("valid_from", _("Valid from"), sort="valid_from"),
    Column("agreed", _("Agreed now"), numeric=True),
)


@permission(sees_own_data)
@require_safe
@never_cache
def consents(request: HttpRequest) -> HttpResponse:
    """Each purpose by itself: what is asked, what I said, what happens when I take it back."""
    questions = queries.questions_for(own_account(request), timezone.localdate())
    return render(request, "people/consents.html", {"questions": questions})


@permission(sees_own_data)
@require_POST
def agree(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Agree to one version."""
    user = own_account(request)
    try:
        services.agree(get_object_or_404(ConsentText, pk=pk), user=user, actor=user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Thank you. You can take it back here at any time."))
    return redirect("people:consents")


@permission(sees_own_data)
@require_POST
def take_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take one consent back, in one tap."""
    user = own_account(request)
    try:
        services.take_back(get_object_or_404(Consent, pk=pk, user=user), actor=user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Taken back. From now on your data are no longer used for this."))
    return redirect("people:consents")


@permission(keeps_registers)
@require_safe
def consent_texts(request: HttpRequest) -> HttpResponse:
    """Every version of everything people are asked."""
    page = ListPage(request, queries.texts_with_counts(), columns=COLUMNS, first_sort="-valid_from")
    return render(request, "people/consent_texts.html", {"page": page})


@permission(keeps_registers)
def new_consent_text(request: HttpRequest) -> HttpResponse:
    """Write a new version."""
    form = ConsentTextForm(request.POST or None, initial={"valid_from": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        purpose, valid_from = data.pop("purpose"), data.pop("valid_from")
        try:
            services.write_text(purpose=purpose, asked=Asked(**data), valid_from=valid_from, actor=own_account(request))
        except Refusal as refusal:
            explain(form, refusal)
        else:
            messages.success(request, _("Saved. From that day on everybody is asked anew."))
            return redirect("people:consent_texts")
    context = {"form": form, "title": _("A new version of a consent"), "back": "people:consent_texts"}
    return render(request, "people/enter.html", context, status=422 if form.errors else 200)
