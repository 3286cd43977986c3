"""Entering and ending what somebody is able or certified to do, with its evidence."""

from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.people.kinds import skills
from linli.apps.people.models import Skill, User
from linli.apps.people.queries.acting import staff_of
from linli.kernel import files
from linli.kernel.audit import Change
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.events import record
from linli.kernel.refs import ref_of
from linli.kernel.scope import Actor

LONGEST = 60


def add_skill(
    user: User,
    *,
    skill: str,
    actor: Actor | None,
    valid_from: date | None = None,
    valid_to: date | None = None,
    certificate: str = "",
    evidence: UploadedFile[bytes] | None = None,
    at: datetime | None = None,
) -> Skill:
    """``user`` has ``skill`` (a code of the dictionary) until the day before ``valid_to``; None: for good.

    Everybody enters his own; secretaries and officers those of their staff. Refuses an unknown word, one that is
    there already, an end before the start.
    """
    at = at or timezone.now()
    _require_may(user, actor)
    if skill not in skills():
        raise Refusal(_("Choose a skill from the list."), field="skill")
    row = Skill(user=user, skill=skill, certificate=certificate.strip(), valid_to=valid_to)
    row.valid_from = valid_from or timezone.localdate(at)
    if len(row.certificate) > LONGEST:
        raise Refusal(_("At most %(most)d characters.") % {"most": LONGEST}, field="certificate")
    if valid_to is not None and valid_to <= row.valid_from:
        raise Refusal(_("The last day comes after the first day."), field="valid_to")
    try:
        with transaction.atomic():
            User.objects.select_for_update().get(pk=user.pk)  # skills of one person, one by one
            if Skill.objects.in_force(row.valid_from).filter(user=user, skill=skill).exists():
                raise _there_already(row)
            row.save(force_insert=True)
            if evidence is not None:
                files.keep(evidence, accept=files.PAPERS, owner=ref_of(row), actor=actor)
            record("people.skill.add", row, actor=actor, facts={"skill": row.title, "to": valid_to}, at=at)
    except IntegrityError as error:
        raise _there_already(row) from error
    return row


def _there_already(row: Skill) -> Refusal:
    return Refusal(
        _("%(name)s has “%(skill)s” already. End that entry first, or correct its days.")
        % {"name": row.user.name, "skill": row.title},
        code="skill-exists",
        field="skill",
    )


def _require_may(user: User, actor: Actor | None) -> None:
    if actor is None or actor.actor_id == user.pk or staff_of(actor).filter(pk=user.pk).exists():
        return
    raise NotAllowed(
        _("Everybody enters his own skills; the secretary and the street's officers those of their staff.")
    )


def end_skill(row: Skill, *, actor: Actor | None, at: datetime | None = None) -> Skill:
    """From today on it holds no more. Refuses one that ended."""
    _require_may(row.user, actor)
    today = max(timezone.localdate(at), row.valid_from)
    with transaction.atomic():
        if not Skill.objects.in_force(timezone.localdate(at)).filter(pk=row.pk).update(valid_to=today):
            raise Conflict(_("This entry has ended already."))
        record(
            "people.skill.end", row, actor=actor, facts={"skill": row.title, "to": Change(row.valid_to, today)}, at=at
        )
    row.valid_to = today
    return row
