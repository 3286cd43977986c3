"""Doors of a resident's own account: opening it, typing a slip in, and the table of who must be known how surely."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from linli.apps.people import services
from linli.apps.people.forms import JoinForm, SlipForm
from linli.apps.people.models import User
from linli.apps.places.queries import open_communities
from linli.kernel.errors import Refusal
from linli.kernel.scope import IdentityGrade, everyone, graded_actions, permission, signed_in
from linli.kernel.scope.doors import actor_of
from linli.kernel.settings import value_of
from linli.kernel.ui.rates import knock

MINE = "linli_community"
MANY = _("Many tries came from your network just now. Please try again in ten minutes.")


def own_account(request: HttpRequest) -> User:
    """The signed-in account; every door that asks is closed to strangers."""
    actor = actor_of(request)
    assert isinstance(actor, User)
    account: User = getattr(actor, "_wrapped", actor)  # the record behind the request's lazy one: verbs name its kind
    return account


def explain(form: Any, refusal: Refusal) -> None:
    """Put a refusal beside the field it is about."""
    form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))


@permission(everyone)
@never_cache
def join(request: HttpRequest) -> HttpResponse:
    """Open an account. The next page shows the sign-in name, once."""
    if request.user.is_authenticated:
        return redirect("people:my_data")
    communities = open_communities(timezone.localdate())
    form = JoinForm(request.POST or None, communities=communities, mine=request.COOKIES.get(MINE))
    if request.method == "POST" and form.is_valid():
        try:
            knock("join", request.META.get("REMOTE_ADDR", ""), limit=20, minutes=10, sentence=MANY)
            user = services.join(**form.cleaned_data)
        except Refusal as refusal:
            explain(form, refusal)
        else:
            return render(request, "people/joined.html", {"account": user})
    context = {"form": form, "open": value_of("people.self_registration")}
    return render(request, "people/join.html", context, status=422 if form.errors else 200)


@permission(signed_in)
@never_cache
def prove(request: HttpRequest) -> HttpResponse:
    """How surely I am known, how to be known better, and the field for a slip."""
    user = own_account(request)
    form = SlipForm(request.POST or None, initial={"code": request.GET.get("code", "")[:20]})
    if request.method == "POST" and form.is_valid():
        try:
            knock("slip", str(user.pk), limit=10, minutes=10, sentence=MANY)
            services.prove_by_slip(user, code=form.cleaned_data["code"], actor=user)
        except Refusal as refusal:
            explain(form, refusal)
        else:
            messages.success(request, _("Thank you. You are known for sure now."))
            return redirect("people:my_data")
    context = {
        "form": form,
        "grade": IdentityGrade(user.grade),
        "is_proved": user.grade >= IdentityGrade.PROVED,
        "proofs": user.proofs.in_force(timezone.localdate()),
    }
    return render(request, "people/prove.html", context, status=422 if form.errors else 200)


@permission(everyone)
@require_safe
def grades(request: HttpRequest) -> HttpResponse:
    """The table: each action, and how surely somebody must be known for it."""
    rows = [{"action": one, "grade": IdentityGrade(one.grade) if one.grade else None} for one in graded_actions()]
    return render(request, "people/grades.html", {"rows": rows, "grades": IdentityGrade})
