"""One door for the verbs of a need: a table says which form, for whom, in which state, and what it does."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from linli.apps.needs import forms, services
from linli.apps.needs.models import OPEN, UNFINISHED, Need, NeedState
from linli.apps.needs.permissions import analyses, dispatches, handles, publishes, raises_walls, rates
from linli.apps.needs.queries import is_visible, public_words, visible_to
from linli.apps.needs.services.keeping import STALE
from linli.apps.needs.views.acting import found, page_of
from linli.apps.places.models import Place
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.scope import Actor, permission, signed_in
from linli.kernel.ui.acting import act, me, press

RECEIVED, ANALYSED, HANDLING = NeedState.RECEIVED, NeedState.ANALYSED, NeedState.HANDLING
ANSWERED, CLOSED = NeedState.ANSWERED, NeedState.CLOSED
Do = Callable[[Need, dict[str, Any], Actor], Any]


@dataclass(frozen=True)
class Doing:
    """A verb on a need: offered in ``states`` to whom ``may``; ``main`` ones stand open, the others folded."""

    form: type[forms.OfNeed]
    may: Any
    states: tuple[str, ...]
    do: Do
    title: str | Promise
    done: str | Promise
    lead: str | Promise = ""
    icon: str = ""
    main: bool = False
    danger: bool = False


def _by(verb: Callable[..., Any]) -> Do:
    """A verb that takes what the form names."""
    return lambda need, data, actor: verb(need, actor=actor, **data) and None


def _dispatch(need: Need, data: dict[str, Any], actor: Actor) -> None:
    """The first dispatch; a page left open must not send elsewhere what is handled by now."""
    if need.state == HANDLING:
        raise Conflict(STALE, code="stale")
    services.dispatch(need, actor=actor, **data)


def _join(need: Need, data: dict[str, Any], actor: Actor) -> str:
    rows = visible_to(actor, Need.objects.filter(street=need.street_id, number=data["into"].strip()))
    into = rows.first()
    if into is None:
        raise Refusal(_("There is no such need in this street. Check the number."), field="into")
    services.join(need, into=into, actor=actor)
    return page_of(into)


def _pass(need: Need, data: dict[str, Any], actor: Actor) -> None:
    unit = data.pop("unit")
    if not isinstance(unit, Place):
        raise Refusal(_("The owner works in the street or one of its communities."), field="unit")
    services.pass_owner(need, place=unit, actor=actor, **data)


def _wall(need: Need, data: dict[str, Any], actor: Actor) -> str:
    """Raise the wall; who stands behind it now goes back to his list."""
    services.raise_wall(need, actor=actor, **data)
    return page_of(need) if is_visible(need, actor) else reverse("needs:needs")


def is_shown(actor: Actor, need: Need) -> bool:
    """Whether words of it are shown that the actor may take back."""
    return bool(publishes(actor, need)) and bool(public_words(need))


DOINGS: dict[str, Doing] = {
    "analyse": Doing(
        forms.AnalyseForm, analyses, (RECEIVED,), _by(services.analyse), _("Analyse"), _("The need is analysed."),
        _("Say what it is about. The first routing rule that matches sends it on."), "list-check", main=True,
    ),
    "dispatch": Doing(
        forms.DispatchForm, dispatches | analyses, (ANALYSED,), _dispatch, _("Dispatch"),
        _("The need is dispatched."), _("Who handles it signs for it within the street's limit."), "send", main=True,
    ),
    "contact": Doing(
        forms.ContactForm, handles, UNFINISHED, _by(services.record_contact), _("Record a contact"), _("Recorded."),
        _("Every attempt counts, reached or not."), "phone", main=True,
    ),
    "first_result": Doing(
        forms.TextForm, handles, (HANDLING,), _by(services.give_first_result), _("Tell the first result"), _("Told."),
        _("What was done first. The resident sees it when he follows the need."), "message-circle",
    ),
    "report": Doing(
        forms.TextForm, handles, (HANDLING,), _by(services.report_between), _("Report in between"), _("Told."),
        _("When it takes long: how far it is."), "message-circle",
    ),
    "rate": Doing(
        forms.RateForm, rates, (ANSWERED, CLOSED), _by(services.rate), _("Enter the call-back"), _("Recorded."),
        _("What the resident says. Not solved or not satisfied: the need is opened again."), "phone", main=True,
    ),
    "not_ours": Doing(
        forms.NotOursForm, handles, (HANDLING,), _by(services.not_ours), _("Not ours"),
        _("The street decides who handles it."), _("Name whose it is: without that it is only shoved on."), "ban",
    ),
    "object": Doing(
        forms.ReasonForm, handles, (HANDLING,), _by(services.object_to_dispatch), _("Object to the dispatch"),
        _("The street decides about it."), icon="ban",
    ),
    "redispatch": Doing(
        forms.DispatchForm, dispatches, (HANDLING,), _by(services.dispatch), _("Dispatch elsewhere"),
        _("The need is dispatched."), icon="send",
    ),
    "hand": Doing(
        forms.HandForm, handles, (HANDLING,), _by(services.hand_to), _("Name another handler"), _("Saved."),
        icon="user",
    ),
    "pass": Doing(
        forms.PassForm, handles, UNFINISHED, _pass, _("Ask another to follow it"),
        _("Until that person accepts, the owner stays."), icon="users",
    ),
    "part": Doing(
        forms.PartForm, dispatches, (ANALYSED, HANDLING), _by(services.give_part), _("Give a unit its part"),
        _("Saved."), icon="users",
    ),
    "extend": Doing(
        forms.ExtendForm, handles, OPEN, _by(services.extend), _("Ask for more time"),
        _("The section head or leader answers."), icon="hourglass",
    ),
    "category": Doing(
        forms.CategoryForm, analyses, (ANALYSED, HANDLING), _by(services.correct_category),
        _("Correct the category"), _("Saved."), icon="edit",
    ),
    "join": Doing(
        forms.JoinForm, analyses, OPEN, _join, _("Join to another"), _("The needs are joined."),
        _("The same matter: it is answered there once, and everybody is told."), "copy",
    ),
    "apart": Doing(
        forms.ReasonForm, analyses, (NeedState.JOINED,), _by(services.take_apart), _("Take apart again"),
        _("The need stands for itself again."), icon="copy", main=True,
    ),
    "split": Doing(
        forms.SplitForm, analyses, OPEN, _by(services.split), _("Split"), _("The need is split."), icon="copy"
    ),
    "withdraw": Doing(
        forms.ReasonForm, handles, OPEN, _by(services.withdraw), _("Withdraw"), _("The need is withdrawn."),
        _("Only when the resident takes it back, or it was entered by mistake."), "trash", danger=True,
    ),
}  # fmt: skip
DOINGS |= {
    "show": Doing(
        forms.PublicForm, publishes, (*UNFINISHED, CLOSED), _by(services.show_text), _("Show in public"), _("Shown."),
        _("These words stand on the portal and in Open311 beside category and place."), "eye",
    ),
    "hide": Doing(
        forms.ReasonForm, is_shown, (*UNFINISHED, CLOSED), _by(services.hide_text), _("Take out of the public"),
        _("Taken out."), icon="eye",
    ),
}  # fmt: skip
DOINGS["wall"] = Doing(
    forms.WallForm, raises_walls, (*UNFINISHED, CLOSED, NeedState.WITHDRAWN), _wall,
    _("It is a complaint about somebody"),
    _("It stands behind the wall now; the level above looks after it."),
    _("Whom it is about, whoever stands in for him and everybody in that office no longer see it, you too if you "
      "work there. This cannot be taken back."), "shield", danger=True,
)  # fmt: skip
SIGN = _("Sign for it")


@dataclass(frozen=True)
class Offered:
    """A verb as the page shows it."""

    name: str
    title: str | Promise
    icon: str
    main: bool
    danger: bool = False
    is_press: bool = False


def offered_to(actor: Actor, need: Need) -> list[Offered]:
    """The verbs this actor may use on this need now; what stands open first."""
    asked: dict[int, bool] = {}

    def may(predicate: Any) -> bool:
        if id(predicate) not in asked:
            asked[id(predicate)] = bool(predicate(actor, need))
        return asked[id(predicate)]

    found = [
        Offered(name, doing.title, doing.icon, doing.main, doing.danger)
        for name, doing in DOINGS.items()
        if need.state in doing.states and may(doing.may)
    ]
    if need.state == HANDLING and may(handles):
        unsigned = need.assignments.filter(duty="handler", until__isnull=True, accepted_at__isnull=True).exists()
        sign = [Offered("accept", SIGN, "check", main=True, is_press=True)] if unsigned else []
        found = [*sign, Offered("answer", _("Answer"), "mail", main=True), *found]
    return found


@permission(signed_in)
def do(request: HttpRequest, pk: UUID, verb: str) -> HttpResponse:
    """Show the form of a verb, and do it."""
    doing = DOINGS.get(verb)
    if doing is None:
        raise Http404
    row = found(request, pk, doing.may)
    form = doing.form(request.POST or None, need=row)
    return act(
        request, form, lambda data: doing.do(row, data, me(request)), back=page_of(row), done=doing.done,
        title=doing.title, lead=doing.lead or row.title, press=doing.title, crumb=row.title, danger=doing.danger,
    )  # fmt: skip


@permission(signed_in)
@require_POST
def accept(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Sign for a need."""
    row, done = found(request, pk, handles), _("You signed for it. Ring the resident first.")
    return press(request, lambda: services.accept(row, actor=me(request)), back=page_of(row), done=done)
