"""Agreeing and taking it back; new versions of what is asked; and data passed on, told to whose they are."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.people.models import Consent, ConsentPurpose, ConsentText, Disclosure, Given, Guardianship, Person, User
from linli.apps.people.permissions import enters_requests, writes_consent_texts
from linli.apps.people.queries.ages import guardianships, is_under_fourteen
from linli.apps.people.queries.consents import consent_in_force
from linli.kernel import files
from linli.kernel.audit import in_chinese, told
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.events import record
from linli.kernel.refs import ref_of
from linli.kernel.scope import Actor

PARTS_MISSING = _("Say what is asked, which data, how long, and what happens after a withdrawal.")


@dataclass(frozen=True)
class Asked:
    """What a version of a consent says."""

    text: str
    kinds: str
    retention: str
    on_withdrawal: str
    is_sensitive: bool = False


def write_text(
    *, purpose: str, asked: Asked, valid_from: date, actor: Actor | None, at: datetime | None = None
) -> ConsentText:
    """A new version of what is asked; from its day on everybody is asked anew. Older versions stay as they were.

    Raises Refusal for a part left out, or a day before the newest version's.
    """
    if not writes_consent_texts(actor, None):
        raise NotAllowed(_("Only the security administrator writes what people are asked to agree to."))
    for field in ("text", "kinds", "retention", "on_withdrawal"):
        if not getattr(asked, field).strip():
            raise Refusal(
                _("Say what is asked, which data, how long, and what happens after a withdrawal."), field=field
            )
    if asked.is_sensitive and purpose == ConsentPurpose.CONTACT:
        raise Refusal(_("Sensitive data are asked for apart, under a purpose of their own."), field="is_sensitive")
    before = ConsentText.objects.filter(purpose=purpose).aggregate(version=Max("version"), day=Max("valid_from"))
    if before["day"] and valid_from < before["day"]:
        raise Refusal(_("A newer version begins later than this day. Choose a later one."), field="valid_from")
    row = ConsentText(purpose=purpose, version=(before["version"] or 0) + 1, valid_from=valid_from, **asdict(asked))
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            facts = {"purpose": told(row, "purpose"), "version": row.version}
            record("people.consent_text.write", None, actor=actor, facts=facts, at=at)
    except IntegrityError:
        raise Conflict(_("Somebody else has just written a new version. Read it first.")) from None
    return row


def agree(text: ConsentText, *, user: User, actor: Actor, at: datetime | None = None) -> Consent:
    """Somebody agrees on the portal to the version in force. Agreeing twice changes nothing.

    Raises Refusal for an older version, and for a child under 14, whose guardian agrees at the counter.
    """
    if actor.actor_id != user.pk:
        raise NotAllowed(_("Everybody agrees for himself; what was signed on paper a worker enters."))
    if user.person and is_under_fourteen(user.person, timezone.localdate(at)):
        raise Refusal(_("For a child under 14 its guardian agrees, at the counter of the community."), code="under-14")
    return _agree(text, user=user, person=None, guardianship=None, how=Given.PORTAL, actor=actor, at=at)


def agree_on_paper(
    text: ConsentText, *, person: Person, how: str, actor: Actor, scan: UploadedFile[bytes] | None = None,
    at: datetime | None = None,
) -> Consent:  # fmt: skip
    """A worker enters what a person of the roster signed or said; for a child under 14 its guardian on the roster
    did, and stands with the consent; ``scan`` is kept with it. Raises NotAllowed, Refusal where a child has no
    guardian yet.
    """
    if not enters_requests(actor, person):
        raise NotAllowed(_("Only people who work in this person's community enter what was signed."))
    if how not in (Given.PAPER, Given.SPOKEN):
        raise Refusal(_("Say whether it was signed or said."), field="how")
    today = timezone.localdate(at)
    guardianship = guardianships(person, today).first() if is_under_fourteen(person, today) else None
    if guardianship is None and is_under_fourteen(person, today):
        raise Refusal(_("For a child under 14 its guardian agrees. Enter the guardian on the roster first."))
    with transaction.atomic():
        given = _agree(text, user=None, person=person, guardianship=guardianship, how=Given(how), actor=actor, at=at)
        if scan is not None:
            files.keep(scan, accept=files.PAPERS, owner=ref_of(given), actor=actor)
    return given


def _agree(
    text: ConsentText, *, user: User | None, person: Person | None, guardianship: Guardianship | None, how: Given,
    actor: Actor, at: datetime | None,
) -> Consent:  # fmt: skip
    at = at or timezone.now()
    if not ConsentText.objects.in_force(timezone.localdate(at)).filter(pk=text.pk).exists():
        raise Refusal(
            _("This version is no longer, or not yet, what is asked. Read the present one."), code="old-version"
        )
    held = consent_in_force(text, user=user, person=person)
    if held is not None:
        return held
    consent = Consent(text=text, user=user, person=person, guardianship=guardianship, given_at=at, how=how)
    consent.witness_id = None if how == Given.PORTAL else actor.actor_id
    with transaction.atomic():
        consent.save(force_insert=True)
        facts = {"text": in_chinese(text), "how": how.label}
        record("people.consent.give", user or person, actor=actor, facts=facts, at=at)
    return consent


def take_back(consent: Consent, *, actor: Actor, at: datetime | None = None) -> None:
    """Withdraw, by the person, or by a worker for somebody of the roster. What was done before stays lawful
    (PIPL Art. 15). Raises Conflict when it was withdrawn already.
    """
    own = consent.user_id is not None and consent.user_id == actor.actor_id
    if not own and not (consent.person is not None and enters_requests(actor, consent.person)):
        raise NotAllowed(_("A consent is withdrawn by whoever gave it, or by a worker on his word."))
    with transaction.atomic():
        rows = Consent.objects.filter(pk=consent.pk, withdrawn_at__isnull=True)
        if not rows.update(withdrawn_at=at or timezone.now()):
            raise Conflict(_("This consent was withdrawn already."))
        facts = {"text": in_chinese(consent.text)}
        record("people.consent.withdraw", consent.user or consent.person, actor=actor, facts=facts, at=at)


def pass_on(
    *, to_whom: str, what: str, why: str, actor: Actor, user: User | None = None, person: Person | None = None,
    law: str = "", at: datetime | None = None,
) -> Disclosure:  # fmt: skip
    """Write down that data of one person were passed on. Without a law that orders it, the person must have agreed
    to just that (PIPL Art. 23). Raises Refusal, NotAllowed.
    """
    at = at or timezone.now()
    whose = user or person
    if whose is None or not enters_requests(actor, whose):
        raise NotAllowed(_("Only people who work in this person's community pass data on, and write it down."))
    if not (to_whom.strip() and what.strip() and why.strip()):
        raise Refusal(_("Say to whom, what, and what for."), field="to_whom")
    consent = None
    if not law.strip():
        rows = Consent.objects.filter(user=user, person=person, withdrawn_at__isnull=True)
        current = ConsentText.objects.in_force(timezone.localdate(at)).filter(purpose=ConsentPurpose.PASS_ON)
        consent = rows.filter(text__in=current).first()
        if consent is None:
            raise Refusal(
                _("The person has not agreed that data are passed on. Ask for that consent first, or name the law."),
                code="no-consent",
            )
    row = Disclosure(
        user=user, person=person, to_whom=to_whom.strip(), what=what.strip(), why=why.strip(), law=law.strip(),
        consent=consent, passed_at=at, passed_by_id=actor.actor_id,
    )  # fmt: skip
    with transaction.atomic():
        row.save(force_insert=True)
        record("people.disclosure.write", whose, actor=actor, facts={"to": row.to_whom, "what": row.what}, at=at)
    return row
