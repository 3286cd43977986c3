"""A residents' choice held elsewhere, taken over from its ``.pb`` file: read, shown, then counted as it is."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.algorithms.allocation import Malformed, PbFile, parse_pb
from linli.apps.rounds.lifecycle import CHOICES
from linli.apps.rounds.models import BallotKind, ChoiceProject, ChoiceState, ElsewhereFile, ResidentsChoice
from linli.apps.rounds.permissions import keeps_rounds
from linli.apps.rounds.queries.choice import eligible_in
from linli.apps.rounds.queries.matching import Match, matches_of
from linli.apps.rounds.services.choosing import put_up, require_state
from linli.apps.rounds.services.keeping import require
from linli.kernel.errors import Conflict, Refusal, TooMany
from linli.kernel.events import record
from linli.kernel.scope import Actor

LARGEST = 20 * 2**20
"""Bytes of the largest file that is taken."""


def read_file(content: bytes, name: str) -> PbFile:
    """The file as it reads. Raises Refusal with file, line and what was expected there."""
    if len(content) > LARGEST:
        raise TooMany(_("The file is too large: at most 20 MB are taken."), field="file")
    try:
        return parse_pb(content)
    except Malformed as error:
        told = {"file": name, "line": error.line, "expected": error.expected}
        raise Refusal(
            _("%(file)s, line %(line)d: expected %(expected)s.") % told, code="malformed", field="file"
        ) from error
    except ValueError as error:
        raise Refusal(_("%(file)s: %(why)s.") % {"file": name, "why": error}, code="malformed", field="file") from error


def keep_file(
    choice: ResidentsChoice, *, content: bytes, name: str, actor: Actor | None, at: datetime | None = None
) -> ElsewhereFile:
    """Keep the file beside the choice, to be looked at; another one takes its place. Nothing is counted yet.

    Refuses a malformed file, ballots of the other kind; Conflict once ballots were taken here.
    """
    require(keeps_rounds, actor, choice)
    require_state(choice, ChoiceState.DRAFTED)
    found = read_file(content, name)
    pointed = choice.kind == BallotKind.POINTS
    if pointed != (found.election.points is not None):
        sentence = _("The ballots of this file are of another kind than those of the choice. Prepare the choice anew.")
        raise Refusal(sentence, code="other-kind", field="file")
    with transaction.atomic():
        ElsewhereFile.objects.filter(choice=choice).delete()
        text = content.decode("utf-8-sig")
        row = ElsewhereFile.objects.create(choice=choice, name=name.strip()[:160], content=text)
        record("rounds.choice.keep_file", choice.round, actor=actor, facts={"file": row.name}, at=at)
    return row


def shown(held: ElsewhereFile) -> tuple[PbFile, list[Match]]:
    """The file and, for each of its projects, the proposal it is: by number, key or title; None where there is none."""
    found = read_file(held.content.encode(), held.name)
    return found, matches_of(held.choice.round, found.projects)


def take_over(choice: ResidentsChoice, *, actor: Actor | None, at: datetime | None = None) -> None:
    """Count the choice by the file that is kept. Refuses while one of its projects is no proposal of the round."""
    at = at or timezone.now()
    require(keeps_rounds, actor, choice)
    require_state(choice, ChoiceState.DRAFTED)
    held = ElsewhereFile.objects.filter(choice=choice).select_related("choice__round__place").first()
    if held is None:
        raise Conflict(_("There is no file to take over. Upload it first."))
    found, matches = shown(held)
    unknown = [match.name for match in matches if match.proposal is None]
    if unknown:
        told = {"count": len(unknown), "names": "、".join(unknown[:5])}
        raise Refusal(
            _("%(count)d projects of the file are no accepted proposal of this round: %(names)s.") % told,
            code="unknown-projects",
        )
    keys = {match.id: str(match.proposal.pk) for match in matches if match.proposal is not None}
    if len(set(keys.values())) != len(keys):
        raise Refusal(_("Two projects of the file are one proposal of this round. Put the file right."), code="twice")
    rows = put_up(choice)
    _count(rows, found, keys)
    with transaction.atomic():
        ElsewhereFile.objects.filter(pk=held.pk).update(names=keys)
        choice.refresh_from_db()
        cast = found.election.ballots
        facts = {"file": held.name, "cast": cast}
        CHOICES.apply(
            "take_over", choice, actor=actor, facts=facts, at=at, cast=cast, origin=held.name,
            eligible=eligible_in(choice, on=timezone.localdate(at)),
        )  # fmt: skip
        ChoiceProject.objects.bulk_create(rows)


def _count(rows: list[ChoiceProject], found: PbFile, keys: Mapping[str, str]) -> None:
    read = found.election
    votes = {keys[name]: count for name, count in zip(read.ids, read.votes, strict=True)}
    sums = {keys[name]: count for name, count in zip(read.ids, read.sums, strict=True)}
    for row in rows:
        row.votes = votes.get(str(row.proposal_id), 0)
        row.points = int(Decimal(sums.get(str(row.proposal_id), 0)))
