"""Saying of rows that may be doubles whether each is the same as a record there, or another one."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.scope.actors import Actor
from linli.kernel.tables.models import Doubt, Import, ImportState, StagedRow

OTHER = "other"
"""The answer "another one"; every other answer is the id of a match."""


@transaction.atomic
def decide(batch: Import, answers: Mapping[int, str], *, actor: Actor) -> int:
    """Answers by row number: :data:`OTHER` or the id of one of its matches. Returns how many rows were decided.

    Raises NotAllowed, Conflict (no longer in preview), Refusal for an id that is no match of that row.
    """
    _hold(batch, actor)
    rows = batch.rows.exclude(doubt=Doubt.NONE).filter(number__in=list(answers))
    return sum(_put(row, answers[row.number]) for row in rows)


@transaction.atomic
def decide_all(batch: Import, *, same: bool, actor: Actor) -> int:
    """All open rows: the same as their first match, or others. Raises NotAllowed, Conflict."""
    _hold(batch, actor)
    rows = batch.rows.filter(doubt=Doubt.OPEN)
    if not same:
        return rows.update(doubt=Doubt.OTHER)
    found = list(rows.only("matches"))
    for row in found:
        row.doubt, row.same_as = Doubt.SAME, row.matches[0]["id"]
    StagedRow.objects.bulk_update(found, ["doubt", "same_as"], batch_size=500)
    return len(found)


def _hold(batch: Import, actor: Actor) -> None:
    """The import stays in preview until this transaction ends."""
    if batch.uploader_id != actor.actor_id:
        raise NotAllowed(_("Only who uploaded the file may do this."))
    if not Import.objects.filter(pk=batch.pk, state=ImportState.PREVIEW).update(state=ImportState.PREVIEW):
        batch.refresh_from_db()
        raise Conflict(_("The import is %(state)s; nothing was done.") % {"state": batch.get_state_display()})


def _put(row: StagedRow, answer: str) -> int:
    if answer == OTHER:
        row.doubt, row.same_as = Doubt.OTHER, ""
    elif answer in {match["id"] for match in row.matches}:
        row.doubt, row.same_as = Doubt.SAME, answer
    else:
        raise Refusal(_("This is none of the records shown beside the row."), code="not-a-match")
    row.save(update_fields=["doubt", "same_as"])
    return 1
