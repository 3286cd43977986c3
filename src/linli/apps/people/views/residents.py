"""Doors of residents' accounts on the desk: who they are, and how sure we are of it."""

import io
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from linli.apps.people import queries, services
from linli.apps.people.forms import CallForm, MatchForm, SeenForm, WhyForm
from linli.apps.people.models import IdentityProof, Person, User
from linli.apps.people.permissions import proves_identity
from linli.apps.people.views.joining import own_account
from linli.kernel.documents import slip_sheets
from linli.kernel.errors import Refusal
from linli.kernel.scope import IdentityGrade, permission
from linli.kernel.scope.doors import actor_of
from linli.kernel.ui.lists import Column, ListPage

COLUMNS = (
    Column("username", _("Sign-in name"), sort="username"),
    Column("name", _("Person")),
    Column("phone", _("Telephone")),
    Column("grade", _("How surely known")),
)

COUNTED = 1_000
"""Counting on would cost more the more residents have accounts."""


def _resident(request: HttpRequest, pk: UUID) -> User:
    found: User = get_object_or_404(queries.residents_visible_to(actor_of(request)), pk=pk)
    return found


@permission(proves_identity)
@require_safe
def residents(request: HttpRequest) -> HttpResponse:
    """Accounts of residents in the communities where I work."""
    rows = queries.residents_visible_to(actor_of(request))
    page = ListPage(request, rows, columns=COLUMNS, first_sort="username", most=COUNTED)
    for row in page.rows:
        row.grade_words = IdentityGrade(row.known_as or IdentityGrade.CLAIMED).label
    return render(request, "people/residents.html", {"page": page})


@permission(proves_identity)
@require_safe
def resident(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One account: its proofs, the ways to prove, and who on the roster it may be."""
    return _show(request, _resident(request, pk))


def _show(request: HttpRequest, user: User, *, refusal: Refusal | None = None) -> HttpResponse:
    actor = own_account(request)
    persons = [] if user.person_id else queries.likely_persons(user, actor=actor)
    today = timezone.localdate()
    proofs = list(queries.proofs_of(user))
    forms = [MatchForm(auto_id=f"match{number}_%s") for number in range(len(persons))]
    for proof in proofs:
        proof.counts = proof.withdrawn_at is None and (proof.expires_on is None or proof.expires_on >= today)  # type: ignore[attr-defined]  # for the page
    context = {
        "resident": user,
        "grade": IdentityGrade(user.known_as or IdentityGrade.CLAIMED),  # type: ignore[attr-defined]  # annotated
        "proofs": proofs,
        "persons": [{"person": one, "form": form} for one, form in zip(persons, forms, strict=True)],
        "call": CallForm(auto_id="call_%s"),
        "seen": SeenForm(auto_id="seen_%s"),
        "why": WhyForm(auto_id="why_%s"),
        "refusal": refusal,
    }
    return render(request, "people/resident.html", context, status=refusal.status if refusal else 200)


def _call(request: HttpRequest, user: User) -> Any:
    if not CallForm(request.POST).is_valid():
        raise Refusal(_("Tick that you spoke with the person."))
    services.prove_by_call(user, actor=own_account(request))
    return _("The telephone is proved.")


def _seen(request: HttpRequest, user: User) -> Any:
    services.prove_in_person(user, document=request.POST.get("document", ""), actor=own_account(request))
    return _("Proved in person.")


def _match(request: HttpRequest, user: User) -> Any:
    try:
        key = UUID(request.POST.get("person", ""))
    except ValueError as error:
        raise Http404 from error
    actor = own_account(request)
    person = get_object_or_404(queries.persons_visible_to(actor, Person.objects.all()), pk=key)
    services.match_to_roster(user, person, actor=actor, id_number=request.POST.get("id_number", "")[:30])
    return _("Matched to the roster.")


def _no_match(request: HttpRequest, user: User) -> Any:
    services.refuse_match(user, reason=request.POST.get("reason", "")[:200], actor=own_account(request))
    return _("Refused. The person reads your reason in the messages.")


def _withdraw(request: HttpRequest, user: User) -> Any:
    try:
        proof = get_object_or_404(IdentityProof, pk=UUID(request.POST.get("proof", "")), user=user)
    except ValueError as error:
        raise Http404 from error
    services.withdraw_proof(proof, reason=request.POST.get("reason", "")[:200], actor=own_account(request))
    return _("The proof no longer counts.")


VERBS = {"call": _call, "seen": _seen, "match": _match, "no-match": _no_match, "withdraw": _withdraw}


@permission(proves_identity)
@require_POST
def prove_resident(request: HttpRequest, pk: UUID, way: str) -> HttpResponse:
    """One way of proving, pressed; a refusal is shown on the page of the account."""
    user = _resident(request, pk)
    if way not in VERBS:
        raise Http404
    try:
        sentence = VERBS[way](request, user)
    except Refusal as refusal:
        return _show(request, user, refusal=refusal)
    messages.success(request, sentence)
    return redirect("people:resident", user.pk)


@permission(proves_identity)
@require_POST
def print_slip(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """A new slip on A5 with its code in large type; the code can be read on this paper only."""
    user = _resident(request, pk)
    code, expires = services.issue_slip(user, actor=own_account(request))
    paper = slip_sheets(
        [code],
        title="身份核实码",
        lines=["请扫二维码，或登录后打开「我的资料」→「核实身份」，输入下面八个字。", "只能用一次。请勿转给他人。"],
        address=request.build_absolute_uri("/my/prove/") + "?code=",
        expires=expires,
        issuer=str(user.posts_in_force[0].where) if user.posts_in_force else "",
    )
    name = f"身份核实码-{user.username}.pdf"
    return FileResponse(io.BytesIO(paper), as_attachment=True, filename=name, content_type="application/pdf")
