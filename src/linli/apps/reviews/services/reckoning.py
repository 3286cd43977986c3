"""From sheets to scores, from scores to ranks: written to the entries, by the rule of their panel."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.algorithms.marks import Line, Mean, TooFew, mean_of, ranked, rounded, weighted
from linli.apps.reviews import queries
from linli.apps.reviews.models import Entry, EntryState, Mode, Panel, ReviewSession, ScoreSheet
from linli.kernel.errors import Refusal

COUNTED = (EntryState.COLLECTED, EntryState.REVEALED)


def reckon(entry: Entry) -> None:
    """Score, dropped marks and number of sheets of one entry, from the sheets handed in. Raises Refusal for too few."""
    columns = reckoned(entry)
    Entry.objects.filter(pk=entry.pk).update(**columns)
    for name, value in columns.items():
        setattr(entry, name, value)


def reckoned(entry: Entry) -> dict[str, Any]:
    """The columns :func:`reckon` writes, from the sheets handed in. Raises Refusal for too few."""
    sheets = list(queries.handed_in(entry))
    if entry.session.mode == Mode.OPINIONS:
        columns = _opinions(sheets)
    else:
        try:
            columns = _marks(entry, sheets)
        except TooFew as error:
            raise Refusal(
                _("“%(title)s” has %(count)s sheets; the rule fixed beforehand needs %(needed)s.")
                % {"title": entry.title, "count": error.count, "needed": error.needed},
                code="too-few-sheets",
            ) from None
    columns["counted"] = len(sheets)
    return columns


def _marks(entry: Entry, sheets: list[ScoreSheet]) -> dict[str, Any]:
    means = _means(entry, sheets, lambda sheet: sheet.total or Decimal(0))
    score = weighted({group: mean.value for group, mean in means.items()}, entry.session.group_weights)
    only = next(iter(means.values())) if len(means) == 1 else None
    return {
        "score": rounded(score),
        "highest": rounded(only.highest) if only and only.highest is not None else None,
        "lowest": rounded(only.lowest) if only and only.lowest is not None else None,
    }


def _means(entry: Entry, sheets: Iterable[ScoreSheet], read: Callable[[ScoreSheet], Decimal]) -> dict[str, Mean]:
    """The mean of each group of judges under the panel's rule. Raises TooFew."""
    session, panel = entry.session, entry.panel
    groups: dict[str, list[Decimal]] = defaultdict(list)
    for sheet in sheets:
        groups[sheet.seat.group if session.group_weights else ""].append(read(sheet))
    names = list(session.group_weights) or [""]
    rule = panel.rule if panel is not None else ""
    least = 1 if session.group_weights else session.least_marks
    if sum(map(len, groups.values())) < session.least_marks:
        raise TooFew(sum(map(len, groups.values())), session.least_marks)
    return {name: mean_of(groups[name], rule, drop_from=session.drop_from, least=least) for name in names}


def _opinions(sheets: list[ScoreSheet]) -> dict[str, Any]:
    """The opinion of more than half of the sheets, or none."""
    given = Counter(sheet.opinion for sheet in sheets)
    opinion, most = given.most_common(1)[0] if given else ("", 0)
    return {"verdict": opinion if most * 2 > len(sheets) else ""}


def criteria_of(entry: Entry, sheets: list[ScoreSheet]) -> tuple[Fraction, ...]:
    """Means of the criteria that part equal scores, in their order, each under the same rule."""
    weights = entry.session.group_weights
    values = []
    for code in entry.session.tie_criteria:
        means = _means(entry, sheets, lambda sheet, code=code: Decimal(sheet.marks[code]))  # type: ignore[misc]  # the default binds the code of this turn
        values.append(weighted({group: mean.value for group, mean in means.items()}, weights))
    return tuple(values)


def rank(session: ReviewSession, panel: Panel | None) -> None:
    """Ranks of what is collected or revealed, in one panel or (where the session says so) over all."""
    if session.mode == Mode.OPINIONS:
        return
    rows = Entry.objects.filter(session=session, state__in=COUNTED).select_related("panel", "session__rubric")
    if not session.ranks_across:
        rows = rows.filter(panel=panel)
    entries = list(rows)
    sheets = queries.sheets_by_entry(session) if session.tie_criteria and session.mode == Mode.MARKS else {}
    placed = {one.key: one for one in ranked([_line(entry, sheets.get(entry.pk, [])) for entry in entries])}
    for entry in entries:
        entry.rank, entry.tied = placed[entry.pk].rank, placed[entry.pk].tied
    Entry.objects.bulk_update(entries, ["rank", "tied"])


def _line(entry: Entry, sheets: list[ScoreSheet]) -> Line[Any]:
    if entry.session.mode == Mode.VOTE:
        return Line(entry.pk, entry.yes or 0, (entry.yes_again or 0,), entry.tie_order)
    return Line(entry.pk, entry.score or 0, criteria_of(entry, sheets), entry.tie_order)
