"""A proposal form that came back from Word or Excel is taken into the draft, in one piece."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from linli.apps.rounds.models import ProgrammeWord, Proposal
from linli.apps.rounds.services.content import IndicatorText, Line, set_indicators, set_lines
from linli.apps.rounds.services.proposal import save_section
from linli.kernel.scope import Actor

WORDS = ("category", "direction", "theme")


@transaction.atomic
def take_form(
    proposal: Proposal,
    columns: dict[str, Any],
    *,
    lines: Sequence[Line] = (),
    indicators: Sequence[IndicatorText] = (),
    seen: int | None,
    actor: Actor | None,
    at: datetime | None = None,
) -> Proposal:
    """Columns as ``save_section`` takes them (words by their key), budget and indicators where there are rows.

    Raises NotAllowed, Overtaken (somebody saved since ``seen``), Conflict (handed in), Refusal; then nothing is taken.
    """
    keys = [columns[name] for name in WORDS if name in columns]
    words = {str(row.pk): row for row in ProgrammeWord.objects.filter(pk__in=keys)}
    given = {name: words.get(str(value)) if name in WORDS else value for name, value in columns.items()}
    saved = save_section(proposal, seen=seen, actor=actor, at=at, **given)
    if lines:
        set_lines(saved, lines, seen=None, actor=actor, at=at)
    if indicators:
        set_indicators(saved, indicators, seen=None, actor=actor, at=at)
    saved.refresh_from_db()
    return saved
