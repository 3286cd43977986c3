"""Criteria and the sum of marks: exact fractions, rounded once, half up, to two places. No table."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from fractions import Fraction
from pathlib import Path

from django.utils.translation import gettext as _

from linli.kernel.errors import Refusal

FULL = Decimal(100)
PLACES = Decimal("0.01")
Mark = Decimal | int | str


@dataclass(frozen=True)
class Anchor:
    """What a mark between ``least`` and ``most`` means."""

    least: Decimal
    most: Decimal
    label: str


@dataclass(frozen=True)
class Criterion:
    """One line of the sheet: marks run from 0 to ``top`` and count ``weight`` of 100."""

    code: str
    title: str
    top: Decimal
    weight: Decimal
    anchors: tuple[Anchor, ...] = ()

    def label_of(self, mark: Mark) -> str:
        """The label of the anchor a mark falls into, or nothing."""
        value = exact(mark, self.title)
        return next((anchor.label for anchor in self.anchors if anchor.least <= value <= anchor.most), "")


@dataclass(frozen=True)
class Scale:
    """The criteria of one version. Raises Refusal where they make no sense."""

    criteria: tuple[Criterion, ...]

    def __post_init__(self) -> None:
        codes = [criterion.code for criterion in self.criteria]
        if not codes or len(set(codes)) != len(codes) or not all(codes):
            raise Refusal(_("A rubric needs criteria, each with a code of its own."), code="bad-rubric")
        for criterion in self.criteria:
            _check(criterion)
        total = sum((criterion.weight for criterion in self.criteria), Decimal(0))
        if total != FULL:
            sentence = _("The weights sum to %(total)s, not to 100.") % {"total": total.normalize().__format__("f")}
            raise Refusal(sentence, code="bad-rubric")

    def total(self, marks: Mapping[str, Mark]) -> Decimal:
        """Σ weight · mark / top over all criteria, out of 100, rounded half up to two places.

        Raises Refusal for a mark that is missing, unknown, negative, above its top, or no exact number.
        """
        titles = {criterion.code: criterion.title for criterion in self.criteria}
        for code in marks:
            if code not in titles:
                raise Refusal(_("There is no criterion “%(code)s” in this version.") % {"code": code}, field=code)
        parts = Fraction(0)
        for criterion in self.criteria:
            if criterion.code not in marks:
                sentence = _("“%(title)s” has no mark yet.") % {"title": criterion.title}
                raise Refusal(sentence, code="no-mark", field=criterion.code)
            parts += _part(criterion, marks[criterion.code])
        return (Decimal(parts.numerator) / Decimal(parts.denominator)).quantize(PLACES, rounding=ROUND_HALF_UP)


def exact(mark: Mark, title: str) -> Decimal:
    """A mark as a number. Raises Refusal for a float or what is no number."""
    try:
        if isinstance(mark, bool) or not isinstance(mark, Decimal | int | str):
            raise InvalidOperation
        value = Decimal(mark)
        if not value.is_finite():
            raise InvalidOperation
    except InvalidOperation:
        raise Refusal(_("The mark for “%(title)s” is no number.") % {"title": title}, code="bad-mark") from None
    return value


def _part(criterion: Criterion, mark: Mark) -> Fraction:
    value = exact(mark, criterion.title)
    if not 0 <= value <= criterion.top:
        sentence = _("The mark for “%(title)s” must lie between 0 and %(top)s.") % {
            "title": criterion.title,
            "top": criterion.top.normalize().__format__("f"),
        }
        raise Refusal(sentence, code="bad-mark", field=criterion.code)
    return Fraction(criterion.weight) * Fraction(value) / Fraction(criterion.top)


def _check(criterion: Criterion) -> None:
    numbers = (criterion.top, criterion.weight)
    if not all(isinstance(number, Decimal) and number > 0 for number in numbers):
        sentence = _("“%(title)s” needs a top mark and a weight above zero.") % {"title": criterion.title}
        raise Refusal(sentence, code="bad-rubric")
    last = Decimal(-1)
    for anchor in sorted(criterion.anchors, key=lambda anchor: anchor.least):
        if not last < anchor.least <= anchor.most <= criterion.top:
            sentence = _("The labels of “%(title)s” overlap or leave the range of marks.") % {"title": criterion.title}
            raise Refusal(sentence, code="bad-rubric")
        last = anchor.most


def from_data(rows: list[dict[str, object]]) -> tuple[Criterion, ...]:
    """Criteria from plain data; numbers are text."""
    return tuple(
        Criterion(
            code=str(row["code"]),
            title=str(row["title"]),
            top=Decimal(str(row["top"])),
            weight=Decimal(str(row["weight"])),
            anchors=tuple(
                Anchor(Decimal(least), Decimal(most), label)
                for least, most, label in row.get("anchors", ())  # type: ignore[attr-defined]  # JSON of our own
            ),
        )
        for row in rows
    )


def sample(name: str) -> tuple[Criterion, ...]:
    """The criteria of a sample that ships with Linli ("pitch_review"); all its weights may be changed."""
    path = Path(__file__).parent / "data" / f"{name}.json"
    return from_data(json.loads(path.read_text(encoding="utf-8"))["criteria"])
