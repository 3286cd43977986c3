"""What a closed survey says: every question counted, words in no order, and the table of paper 26."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from linli.apps.surveys.kinds import GRADES, MULTIPLE, RATING, SCALE, TEXT, TOP, UNKNOWN, Asked, asked, read_paper
from linli.apps.surveys.models import RatingLabel, Survey, SurveyState
from linli.apps.surveys.queries.rates import Rate, rates_in
from linli.apps.surveys.queries.surveys import SMALL, sections_of
from linli.kernel.privacy.boxes import contents

HEADINGS = (
    "项目", "方式", "发放", "回收", "回收率", "有效", *GRADES.values(), "说不清", "满意率", "95%区间",
    "被评价团队在场填答", "建议摘要",
)  # fmt: skip
WIDTHS = (4.6, 3, 2, 2, 2.6, 2, 2, 2, 2, 2, 2, 2, 4.8, 4.4, 2.8, 5)
SELF_SELECTED, SAMPLED, HANDED = "自愿填答", "抽样", "现场发放"
MOST_WORDS = 5


@dataclass(frozen=True)
class Answered:
    """One question counted: (answer, how many, share in per cent); ``n`` gave an answer. Few answers stay hidden."""

    asked: Asked
    label: str
    n: int
    lines: tuple[tuple[str, int, int], ...] = ()
    words: tuple[str, ...] = ()
    hidden: bool = False


@dataclass(frozen=True)
class Line:
    """One subject in the table: how it was asked, the counts by grade, the rate."""

    subject: str
    way: str
    rate: Rate
    grades: tuple[int, ...]
    advice: str


def answered_in(survey: Survey, *, openly: bool = False) -> list[Answered]:
    """Every question of a closed survey; ``openly``: the answers of the open link, else all others. ≤ 3 queries."""
    if survey.state != SurveyState.CLOSED or survey.box is None:
        return []
    papers = [read_paper(content) for content in contents(survey.box)]
    kept = [paper.answers for paper in papers if (paper.stratum == 0) == openly]
    labels = list(survey.subjects.values_list("label", flat=True))
    rows = asked(sections_of(survey), len(labels))
    return [_answered(one, labels, [given[one.name] for given in kept if one.name in given]) for one in rows]


def _answered(one: Asked, labels: Sequence[str], given: Sequence[Any]) -> Answered:
    label = labels[one.subject - 1] if one.subject and len(labels) > 1 else ""
    if len(given) < SMALL and one.question.kind != RATING:
        return Answered(one, label, len(given), hidden=bool(given))
    if one.question.kind == TEXT:
        return Answered(one, label, len(given), words=_grouped(given))
    counts = Counter(pick for value in given for pick in (value if isinstance(value, list) else [value]))
    lines = tuple((name, counts[key], _per_cent(counts[key], len(given))) for key, name in _choices(one))
    return Answered(one, label, len(given), lines)


def _grouped(given: Sequence[Any]) -> tuple[str, ...]:
    """What was said, the same words once with how often."""
    counts = Counter(map(str, given))
    return tuple(text if times == 1 else f"{text}（{times}）" for text, times in sorted(counts.items()))


def _choices(one: Asked) -> Iterable[tuple[int, str]]:
    if one.question.kind == RATING:
        return [*GRADES.items(), (UNKNOWN, "说不清")]
    if one.question.kind == SCALE:
        return [(number, str(number)) for number in range(1, TOP + 1)]
    return list(enumerate(one.question.choices, 1))


def _per_cent(part: int, whole: int) -> int:
    return round(100 * part / whole) if whole else 0


def several(one: Answered) -> bool:
    """Whether shares may sum to more than 100."""
    return one.asked.question.kind == MULTIPLE


def lines_of(survey: Survey) -> list[Line]:
    """The table of paper 26: a line a subject, and one more where the open link was answered. ≤ 8 queries."""
    rates = rates_in(survey)
    ways = {
        RatingLabel.OFFICIAL: _way(survey),
        RatingLabel.SELF_SELECTED: SELF_SELECTED,
    }
    advice = {label: _advice(survey, label) for label in ways}
    found = []
    for subject in survey.subjects.all():
        for label, rate in sorted(rates.get(subject.number, {}).items()):
            if label == RatingLabel.SELF_SELECTED and not rate.returned:
                continue
            cells = _cells(survey, subject.number, label)
            found.append(Line(subject.label, ways[RatingLabel(label)], rate, cells, advice[RatingLabel(label)]))
    return found


def _way(survey: Survey) -> str:
    drawn, handed = (survey.strata.filter(size__isnull=empty).exists() for empty in (False, True))
    return "、".join(word for word, there in ((SAMPLED, drawn), (HANDED, handed)) if there)


def _advice(survey: Survey, label: str) -> str:
    rows = answered_in(survey, openly=label == RatingLabel.SELF_SELECTED)
    words = [text for one in rows for text in one.words]
    return "；".join(text[:60] for text in words[:MOST_WORDS])


def _cells(survey: Survey, number: int, label: str) -> tuple[int, ...]:
    """Very satisfied … very dissatisfied, cannot say."""
    names = ("very_satisfied", "satisfied", "fair", "dissatisfied", "very_dissatisfied", "unknown")
    rows = survey.subjects.filter(number=number, counts__label=label)
    found = list(rows.values_list(*(f"counts__{name}" for name in names)))
    return tuple(sum(column) for column in zip(*found, strict=True)) or (0,) * len(names)


def per_cent(share: Decimal | None) -> str:
    """A share as a paper writes it: 92.3%; a dash where there is none."""
    return "—" if share is None else f"{share * 100:.1f}%"


def table(survey: Survey) -> list[tuple[Any, ...]]:
    """The rows of paper 26 under ``HEADINGS``."""
    return [
        (
            line.subject, line.way, line.rate.asked or "—", line.rate.returned, per_cent(line.rate.response_rate),
            line.rate.n_valid, *line.grades, f"{per_cent(line.rate.rate)}（n={line.rate.n_valid}）",
            f"{per_cent(line.rate.low)}—{per_cent(line.rate.high)}" if line.rate.n_valid else "—",
            line.rate.in_presence, line.advice,
        )
        for line in lines_of(survey)
    ]  # fmt: skip
