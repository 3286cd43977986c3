"""Questions and sections as data: what may be asked, templates to start from, answers checked and written."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from linli.kernel.errors import Refusal

DATA = Path(__file__).resolve().parent / "data"
RATING, SINGLE, MULTIPLE, SCALE, TEXT = "rating", "single", "multiple", "scale", "text"
QUESTION_KINDS = (RATING, SINGLE, MULTIPLE, SCALE, TEXT)
GRADES = {5: "很满意", 4: "满意", 3: "一般", 2: "不满意", 1: "很不满意"}
UNKNOWN = 0
"""Did not take part, cannot say: an answer, but no valid one."""
SATISFIED = 4
"""This grade and better count as satisfied (rules §3: (very satisfied + satisfied) ÷ valid answers)."""
MOST_QUESTIONS, MOST_SUBJECTS, LONGEST, TOP = 30, 12, 200, 10


@dataclass(frozen=True)
class Question:
    """``kind``: a rating by grades, one or several of ``choices``, a scale of 1 to 10, or words."""

    key: str
    kind: str
    text: str
    choices: tuple[str, ...] = ()
    required: bool = False


@dataclass(frozen=True)
class Section:
    """Questions under a heading; ``each``: asked of every subject of the survey."""

    title: str
    questions: tuple[Question, ...] = ()
    each: bool = False


@dataclass(frozen=True)
class Template:
    """A questionnaire to start from."""

    code: str
    title: str
    lead: str
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class Asked:
    """One question as it stands on the page: of subject ``subject`` (0: of none), under ``name`` in the answers."""

    name: str
    question: Question
    subject: int = 0


@dataclass(frozen=True)
class Paper:
    """One answered questionnaire as it lies in the box: ``stratum`` (0: the open link), how it came, the answers."""

    stratum: int
    watched: bool = False
    answers: Mapping[str, Any] = field(default_factory=dict)


def read_sections(rows: Sequence[Mapping[str, Any]]) -> tuple[Section, ...]:
    """Sections as they stand in a survey's column."""
    return tuple(
        Section(row["title"], tuple(_question(one) for one in row["questions"]), bool(row.get("each"))) for row in rows
    )


def _question(row: Mapping[str, Any]) -> Question:
    return Question(**{**row, "choices": tuple(row.get("choices", ()))})


def write_sections(sections: Sequence[Section]) -> list[dict[str, Any]]:
    """Sections for the column; a question without key gets the next one."""
    taken = {question.key for section in sections for question in section.questions}
    fresh = (f"q{number}" for number in range(1, 1000) if f"q{number}" not in taken)
    keyed = [
        replace(
            section, questions=tuple(one if one.key else replace(one, key=next(fresh)) for one in section.questions)
        )
        for section in sections
    ]
    return [json.loads(json.dumps(asdict(section))) for section in keyed]


@cache
def templates() -> Mapping[str, Template]:
    """Every questionnaire to start from, by code."""
    rows = json.loads((DATA / "templates.json").read_text(encoding="utf-8"))["templates"]
    return {row["code"]: Template(**{**row, "sections": read_sections(row["sections"])}) for row in rows}


def asked(sections: Sequence[Section], subjects: int) -> Iterator[Asked]:
    """Every question in the order of the page: a section asked of each subject comes once a subject."""
    for section in sections:
        if not section.each:
            yield from (Asked(question.key, question) for question in section.questions)
            continue
        for number in range(1, subjects + 1):
            yield from (Asked(f"{number}_{question.key}", question, number) for question in section.questions)


def rating_of(sections: Sequence[Section]) -> Question | None:
    """The question whose grades make the rate: the first rating that is asked of each subject."""
    found = (one for section in sections if section.each for one in section.questions if one.kind == RATING)
    return next(found, None)


def check_sections(sections: Sequence[Section], subjects: int) -> None:
    """Refuse a questionnaire nobody can answer: no question, too many, choices that are none."""
    rows = list(asked(sections, subjects))
    if not rows:
        raise Refusal(_("Ask at least one question."), code="no-question")
    if len(rows) > MOST_QUESTIONS:
        raise Refusal(
            _("%(count)d questions are too many for a slip; ask at most %(most)d, all projects together.")
            % {"count": len(rows), "most": MOST_QUESTIONS},
            code="too-many-questions",
        )
    for one in rows:
        check_question(one.question)


def check_question(question: Question) -> None:
    """Refuse a question without words, of no kind, or with choices that are none. Raises Refusal."""
    if not question.text.strip():
        raise Refusal(_("Write the question."), field="text")
    if question.kind not in QUESTION_KINDS:
        raise Refusal(_("Say how the question is answered."), field="kind")
    choices = [one.strip() for one in question.choices]
    if question.kind in (SINGLE, MULTIPLE) and not (2 <= len(set(choices)) == len(choices) <= 20 and all(choices)):
        raise Refusal(_("Give between 2 and 20 different choices, one a line."), field="choices")


def check_answers(sections: Sequence[Section], subjects: int, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers as they are kept, in the order of the page; what was left out is left out.

    Raises Refusal naming the field for an answer the question does not know, and for a required one that is missing.
    """
    rows = {one.name: one for one in asked(sections, subjects)}
    if set(answers) - set(rows):
        raise Refusal(_("This answer belongs to no question of the survey."), code="no-such-question")
    kept = {}
    for name, one in rows.items():
        value = answers.get(name)
        if value in (None, "", [], ()):
            if one.question.required:
                raise Refusal(_("Please answer this question."), field=name, code="answer-missing")
            continue
        kept[name] = _checked(one.question, value, name)
    if not kept:
        raise Refusal(_("Please answer at least one question."), code="nothing-answered")
    return kept


def _checked(question: Question, value: Any, name: str) -> Any:
    if question.kind == TEXT:
        text = " ".join(str(value).replace("\0", "").split())
        if len(text) > LONGEST:
            raise Refusal(_("Please keep it to %(most)d characters.") % {"most": LONGEST}, field=name, code="too-long")
        return text
    allowed = {
        RATING: range(6), SINGLE: range(1, len(question.choices) + 1), SCALE: range(1, TOP + 1),
        MULTIPLE: range(1, len(question.choices) + 1),
    }[question.kind]  # fmt: skip
    many = question.kind == MULTIPLE
    try:
        picks = sorted({int(one) for one in (value if many else [value])})
    except (TypeError, ValueError):
        picks = [-1]
    if any(one not in allowed for one in picks):
        raise Refusal(_("Please choose one of the answers given."), field=name, code="no-such-answer")
    return picks if many else picks[0]


def room_for(sections: Sequence[Section], subjects: int) -> int:
    """Bytes the longest paper of a questionnaire can take."""
    sizes = {TEXT: LONGEST * 6, MULTIPLE: 80}
    return 64 + sum(16 + sizes.get(one.question.kind, 4) for one in asked(sections, subjects))


def write_paper(paper: Paper) -> str:
    """A paper as it lies in the box."""
    return json.dumps([paper.stratum, int(paper.watched), paper.answers], ensure_ascii=False, separators=(",", ":"))


def read_paper(content: str) -> Paper:
    """A paper out of the box."""
    stratum, watched, answers = json.loads(content)
    return Paper(stratum, bool(watched), answers)
