"""Histories as sentences: nothing told twice, no seal of 64 signs."""

from datetime import UTC, datetime

from django.utils import translation

from linli.kernel.audit import Entry
from linli.kernel.audit.models import AuditRow
from linli.kernel.ui.acting import story


def _told(minute: int, who: str = "林晓禾", **facts: str) -> Entry:
    row = AuditRow(at=datetime(2026, 11, 17, 6, minute, tzinfo=UTC))
    return Entry(row, who, "签领", tuple(facts.items()), "", forgotten=False)


def test_it_tells_what_was_done_over_and_over_on_a_day_as_one_line() -> None:
    with translation.override("en"):
        lines = story([_told(1), _told(2), _told(3, who="戴小满"), _told(4)])
    assert [(line.words, line.who, line.at.minute) for line in lines] == [
        ("签领", "林晓禾", 4), ("签领", "戴小满", 3), ("签领, 2 times", "林晓禾", 2),
    ]  # fmt: skip


def test_it_shows_the_first_eight_signs_of_a_seal() -> None:
    number = "26990001" * 5
    with translation.override("en"):
        (line,) = story([_told(1, 哈希="b5c04407" + "b2e7e4ee" * 7, 编号=number)])
    assert line.words == f"签领（哈希: b5c04407…；编号: {number}）"
