"""What people ask about their own data, and the answer: done over all apps at once, or refused with reasons."""

from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from linli.apps.people.lifecycle import DATA_REQUESTS
from linli.apps.people.models import DataRequest, Person, RequestKind, User
from linli.apps.people.permissions import enters_requests, erases_own_data, exports_own_data
from linli.apps.people.queries.rights import subject_of_request
from linli.apps.people.services.exports import prepare
from linli.kernel import audit, deadlines, privacy
from linli.kernel.contributions import Person as Subject
from linli.kernel.contributions import PersonalData, contributions
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.events import record
from linli.kernel.refs import ref_of
from linli.kernel.scope import Actor
from linli.kernel.scope.roles import STAFF
from linli.kernel.settings import value_of

HOURS = 24
NEEDS_PROOF = {
    RequestKind.EXPORT: exports_own_data,
    RequestKind.ERASE: erases_own_data,
    RequestKind.FREEZE: erases_own_data,
    RequestKind.UNFREEZE: erases_own_data,
}


class ProofNeeded(NotAllowed):
    """The person must be known more surely first; the page leads there."""


def ask(user: User, *, kind: str, actor: Actor, text: str = "", at: datetime | None = None) -> DataRequest:
    """What somebody asks about his own account. A copy is prepared at once, by a job; the rest is answered by a
    person within the term of the setting ``people.answer_days``.

    Raises ProofNeeded, Conflict where the same is asked already, Refusal for a correction without words.
    """
    if actor.actor_id != user.pk:
        raise NotAllowed(_("Everybody asks for himself; a worker enters what somebody else asks."))
    needed = NEEDS_PROOF.get(RequestKind(kind))
    if needed is not None and not needed(actor, None):
        raise ProofNeeded(_("First prove who you are, so that nobody else can ask this in your name."))
    if kind in (RequestKind.CORRECT, RequestKind.EXPLAIN) and not text.strip():
        raise Refusal(_("Say in a sentence what is wrong or what you would like to know."), field="text")
    request = DataRequest(kind=kind, user=user, asked_by=user, community_id=user.anchor.place, text=text.strip())
    with transaction.atomic():
        _enter(request, actor=actor, at=at)
        if kind == RequestKind.EXPORT:
            prepare(request, reader=user, actor=actor, at=at)
    return request


def ask_for(
    *,
    person: Person | None,
    user: User | None,
    kind: str,
    relation: str,
    consent_note: str,
    actor: Actor,
    text: str = "",
    at: datetime | None = None,
) -> DataRequest:
    """A worker enters what somebody without a telephone asks, at the counter or at home (代办).

    ``relation`` says who speaks for whom, ``consent_note`` how the person agreed. Raises NotAllowed, Refusal.
    """
    home = person if person is not None else user
    if home is None or not enters_requests(actor, home):
        raise NotAllowed(_("Only people who work in this person's community enter a request for somebody."))
    for field, said in (("relation", relation), ("consent_note", consent_note)):
        if not said.strip():
            raise Refusal(_("Say who asks for whom, and how the person agreed."), field=field)
    request = DataRequest(
        kind=kind, user=user, person=person, asked_by_id=actor.actor_id, community_id=home.anchor.place,
        text=text.strip(), relation=relation.strip(), consent_note=consent_note.strip(),
    )  # fmt: skip
    with transaction.atomic():
        _enter(request, actor=actor, at=at)
    return request


def _enter(request: DataRequest, *, actor: Actor, at: datetime | None) -> None:
    at = at or timezone.now()
    request.asked_at = at
    try:
        with transaction.atomic():
            request.save(force_insert=True)
    except IntegrityError:
        raise Conflict(_("You asked this already. The answer is on its way; it stands in “my data”.")) from None
    term = deadlines.calendar_hours(HOURS * value_of("people.answer_days", at=at))
    deadlines.start(ref_of(request), "answer", due=term, at=at)
    record("people.data_request.ask", request, actor=actor, facts={"kind": audit.told(request, "kind")}, at=at)


def take(request: DataRequest, *, actor: Actor, version: int | None = None, at: datetime | None = None) -> None:
    """The security administrator takes the request up. For somebody without an account the copy is prepared now,
    to be handed over on paper or a stick.
    """
    _refuse_own(request, actor)
    with transaction.atomic():
        DATA_REQUESTS.apply("take", request, actor=actor, facts={"version": version}, at=at)
        if request.kind == RequestKind.EXPORT and isinstance(actor, User):
            prepare(request, reader=actor, actor=actor, at=at)


def finish(
    request: DataRequest, *, answer: str, actor: Actor | None, version: int | None = None, at: datetime | None = None
) -> None:
    """Do what is asked over all apps, and answer. What must be kept is told with its reason, part by part.

    Raises Refusal where the account still holds a post, Conflict when somebody was quicker.
    """
    _refuse_own(request, actor)
    at = at or timezone.now()
    with transaction.atomic(), override(settings.LANGUAGE_CODE):
        kept = DOING[RequestKind(request.kind)](request, actor) if request.kind in DOING else []
        DATA_REQUESTS.apply(
            "finish", request, actor=actor, facts={"version": version}, at=at, answer=answer.strip(), kept=kept,
            decided_at=at, decided_by_id=actor.actor_id if actor else None,
        )  # fmt: skip


def refuse(
    request: DataRequest, *, answer: str, actor: Actor, version: int | None = None, at: datetime | None = None
) -> None:
    """Refuse, with the reasons the person reads (PIPL Art. 50)."""
    _refuse_own(request, actor)
    at = at or timezone.now()
    answer = answer.strip()
    whose = request.user_id or request.person_id
    reasons = audit.Personal(whose, answer) if whose is not None else answer
    DATA_REQUESTS.apply(
        "refuse", request, actor=actor, facts={"version": version, "answer": reasons}, at=at, answer=answer,
        decided_at=at, decided_by_id=actor.actor_id,
    )  # fmt: skip


def _refuse_own(request: DataRequest, actor: Actor | None) -> None:
    if actor is not None and request.user_id == actor.actor_id:
        raise NotAllowed(_("Nobody answers his own request. Another security administrator does."))


def _erase(request: DataRequest, actor: Actor | None) -> list[dict[str, str]]:
    subject = subject_of_request(request)
    if request.user and request.user.roles() & STAFF:
        raise Refusal(
            _("This account still holds a post. The system administrator ends the post first."), code="has-post"
        )
    kept = _through_all("erase", subject, "")
    for owner in (subject.user_id, subject.person_id):
        if owner is not None:
            privacy.erase(owner, actor=actor, reason="本人要求删除")
    return kept


def _freeze(request: DataRequest, actor: Actor | None) -> list[dict[str, str]]:
    return _through_all("freeze", subject_of_request(request), "本人要求停止使用")


def _unfreeze(request: DataRequest, actor: Actor | None) -> list[dict[str, str]]:
    return _through_all("unfreeze", subject_of_request(request), "")


def _through_all(verb: str, subject: Subject, reason: str) -> list[dict[str, str]]:
    """Call one verb of every part that keeps something; (title, reason) of what is kept nevertheless."""
    told = []
    for part in contributions(PersonalData):
        act = getattr(part, verb)
        if act is None or not part.find(subject):
            continue
        why = act(subject, reason) if verb == "freeze" else act(subject)
        if why:
            told.append({"title": str(part.title), "reason": str(why)})
    return told


DOING = {RequestKind.ERASE: _erase, RequestKind.FREEZE: _freeze, RequestKind.UNFREEZE: _unfreeze}
"""What the house does itself; a correction or an explanation is done by a person."""
