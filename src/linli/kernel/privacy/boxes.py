"""Secret boxes: everybody once, and nobody can join a voter to a choice.

While a box is open its papers are sealed under a key of their own and filled up to one length, so that neither
the order of rows nor their size tells a reader of the database what was chosen. Closing opens them, shuffles
papers and participations separately, writes both anew with new random keys in one transaction and destroys the
key: afterwards key, place on disk, transaction and order say nothing. README.md names what risk is left.
"""

import secrets
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from linli.kernel.errors import Conflict, Refusal, TooMany
from linli.kernel.privacy.models import BoxState, Participation, SecretBox, SecretPaper
from linli.kernel.seals import destroy_key, open_for, seal_for

FILL = "\0"
T = TypeVar("T")


@dataclass(frozen=True)
class Tally:
    """How many papers say what; ``papers`` is their number and equals the number of those who took part."""

    counts: dict[str, int]
    papers: int


def _owner(box: SecretBox) -> str:
    return f"box:{box.pk}"


def open_box(*, room: int = 256) -> SecretBox:
    """A new open box whose papers hold up to ``room`` bytes. The caller audits that it was opened."""
    return SecretBox.objects.create(room=room)


def _filled(content: str, room: int) -> str:
    """``content`` with as much filling as makes its UTF-8 form ``room`` bytes long."""
    length = len(content.encode("utf-8"))
    if length > room or FILL in content:
        raise TooMany(_("This answer is too long. Shorten it and send it again."), code="too-long")
    return content + FILL * (room - length)


@transaction.atomic
def cast(box: SecretBox, *, participant: UUID, content: str) -> None:
    """Put one paper of ``participant`` into the box. No event and no audit row tells of it.

    Raises Conflict when the box is closed or the participant has taken part already, TooMany when too long.
    """
    filled = _filled(content, box.room)
    taken = SecretBox.objects.filter(pk=box.pk, state=BoxState.OPEN).update(papers=F("papers") + 1)
    if not taken:
        raise Conflict(_("This is closed already; nothing more can be handed in."), code="box-closed")
    try:
        with transaction.atomic():
            Participation.objects.create(box_id=box.pk, participant=participant)
    except IntegrityError as error:
        raise Conflict(_("You have taken part already; everybody does so once."), code="taken-part") from error
    # sealed only now that the box is held open: its key is destroyed in the transaction that closes it
    sealed = seal_for(_owner(box), filled, context="paper")
    SecretPaper.objects.create(box_id=box.pk, content=sealed)


def has_taken_part(box: SecretBox, *, participant: UUID) -> bool:
    return Participation.objects.filter(box_id=box.pk, participant=participant).exists()


def _shuffled(items: Iterable[T]) -> list[T]:
    pile = list(items)
    secrets.SystemRandom().shuffle(pile)
    return pile


@transaction.atomic
def close_box(box: SecretBox) -> int:
    """Close, open and shuffle; returns the number of papers. The caller audits it, with the number.

    Raises Conflict when it is closed already, Refusal when papers and participations do not agree in number:
    then somebody went round this mechanism, and nothing is changed.
    """
    if not SecretBox.objects.filter(pk=box.pk, state=BoxState.OPEN).update(state=BoxState.CLOSED):
        raise Conflict(_("This is closed already; nothing more can be handed in."), code="box-closed")
    papers = SecretPaper.objects.filter(box_id=box.pk)
    participations = Participation.objects.filter(box_id=box.pk)
    sealed = list(papers.values_list("content", flat=True))
    people = list(participations.values_list("participant", flat=True))
    box.refresh_from_db()
    if not len(sealed) == len(people) == box.papers:
        raise Refusal(
            _("The papers and the list of those who took part do not agree. Nothing was opened; call the auditor."),
            code="box-disagrees",
        )
    plain = [open_for(_owner(box), token, context="paper").rstrip(FILL) for token in sealed]
    _write_anew(papers, [SecretPaper(box_id=box.pk, content=content) for content in _shuffled(plain)])
    _write_anew(participations, [Participation(box_id=box.pk, participant=one) for one in _shuffled(people)])
    destroy_key(_owner(box))
    return len(plain)


def _write_anew(rows: Any, fresh: list[Any]) -> None:
    rows.delete()
    rows.model.objects.bulk_create(fresh, batch_size=500)


def contents(box: SecretBox) -> list[str]:
    """The papers of a closed box, in no order. Raises Conflict while it is open."""
    box.refresh_from_db()
    if box.state != BoxState.CLOSED:
        raise Conflict(_("Nothing is counted before it is closed."), code="box-open")
    return list(SecretPaper.objects.filter(box_id=box.pk).order_by("id").values_list("content", flat=True))


def tally(box: SecretBox) -> Tally:
    """Count the papers of a closed box by their content. Raises Conflict while it is open."""
    found = contents(box)
    return Tally(counts=dict(Counter(found)), papers=len(found))
