"""Rubrics: totals, what is refused, versions that freeze with their first use."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from hypothesis import given
from hypothesis import strategies as st
from tests.playground import verdicts
from tests.playground.models import Verdict

from linli.kernel import rubric
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.rubric import Anchor, Criterion, CriterionRow, RubricVersion, Scale

PITCH = Scale(rubric.sample("pitch_review"))
MARKS = {
    "need": "18.5", "targets": "8", "feasibility": "12", "party_building": "9", "reach": "8.25", "novelty": "7",
    "lasting": "6.5", "team": "4", "budget": "5", "presentation": "4.33",
}  # fmt: skip


def criterion(code: str = "a", *, top: str = "10", weight: str = "100", anchors: tuple[Any, ...] = ()) -> Criterion:
    return Criterion(code, f"第{code}项", Decimal(top), Decimal(weight), anchors)


def anchor(least: str, most: str) -> Anchor:
    return Anchor(Decimal(least), Decimal(most), "档")


def test_the_sample_has_ten_criteria_and_sums_to_100() -> None:
    assert [(one.title, one.top) for one in PITCH.criteria] == [
        ("需求真实性与前期调研", 20),
        ("目标与可量化指标", 10),
        ("方案可行性", 15),
        ("党建引领与党群联动", 10),
        ("群众受惠面与居民参与", 10),
        ("创新性", 10),
        ("可持续性", 10),
        ("团队能力与专业性", 5),
        ("预算合理性", 5),
        ("现场陈述与答辩", 5),
    ]


def test_it_totals_marks() -> None:
    assert PITCH.total(MARKS) == Decimal("82.58")


def test_full_marks_are_100() -> None:
    assert str(PITCH.total({one.code: one.top for one in PITCH.criteria})) == "100.00"


def test_it_weighs_marks_by_their_top() -> None:
    scale = Scale((criterion("a", top="5", weight="70"), criterion("b", top="10", weight="30")))
    assert scale.total({"a": 4, "b": 5}) == Decimal("71.00")


@pytest.mark.parametrize(
    ("mark", "total"), [("0.0005", "0.01"), ("0.00049", "0.00"), ("0.1235", "1.24"), ("3.33", "33.30")]
)
def test_it_rounds_once_half_up(mark: str, total: str) -> None:
    assert str(Scale((criterion(),)).total({"a": mark})) == total


def test_it_rounds_the_sum_and_not_the_parts() -> None:
    thirds = Scale(tuple(criterion(code, top="3", weight=w) for code, w in (("a", "33"), ("b", "33"), ("c", "34"))))
    assert thirds.total({"a": "0.001", "b": "0.001", "c": "0.001"}) == Decimal("0.03")


@given(st.lists(st.integers(0, 1000), min_size=10, max_size=10))
def test_it_never_leaves_the_range(parts: list[int]) -> None:
    marks = {one.code: one.top * part / 1000 for one, part in zip(PITCH.criteria, parts, strict=True)}
    assert 0 <= PITCH.total(marks) <= 100


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"need": "20.01"}, "“需求真实性与前期调研”的得分应在0至20之间。"),
        ({"need": "-0.01"}, "“需求真实性与前期调研”的得分应在0至20之间。"),
        ({"beauty": "1"}, "本版评分标准中没有“beauty”这一项。"),
        ({"need": 18.5}, "“需求真实性与前期调研”的得分不是有效数字。"),
        ({"need": "NaN"}, "“需求真实性与前期调研”的得分不是有效数字。"),
        ({"need": "优"}, "“需求真实性与前期调研”的得分不是有效数字。"),
        ({"need": None}, "“需求真实性与前期调研”的得分不是有效数字。"),
    ],
)
def test_it_refuses_a_wrong_mark(wrong: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Refusal) as refused:
        PITCH.total({**MARKS, **wrong})
    assert str(refused.value) == sentence


def test_it_refuses_a_missing_mark() -> None:
    with pytest.raises(Refusal, match="“现场陈述与答辩”尚未打分"):
        PITCH.total({code: mark for code, mark in MARKS.items() if code != "presentation"})


@pytest.mark.parametrize(
    ("criteria", "sentence"),
    [
        ((), "至少要有一项"),
        ((criterion(weight="50"), criterion(weight="50")), "不能重复"),
        ((criterion(weight="99.99"),), "合计为99.99"),
        ((criterion("a", weight="60"), criterion("b", weight="50")), "合计为110"),
        ((criterion(top="0"),), "须大于零"),
        ((criterion("a", weight="110"), criterion("b", weight="-10")), "须大于零"),
        ((criterion(anchors=(anchor("0", "5"), anchor("5", "10"))),), "重叠"),
        ((criterion(anchors=(anchor("0", "10.5"),)),), "超出分值范围"),
    ],
)
def test_it_refuses_criteria_that_make_no_sense(criteria: tuple[Criterion, ...], sentence: str) -> None:
    with pytest.raises(Refusal, match=sentence):
        Scale(criteria)


@pytest.mark.parametrize(
    ("mark", "label"), [("20", "有数据的调查"), ("18", "有数据的调查"), ("12", "有访谈"), ("0", "仅为陈述")]
)
def test_it_labels_marks(mark: str, label: str) -> None:
    assert PITCH.criteria[0].label_of(mark) == label


@pytest.fixture
def version(db: None) -> RubricVersion:
    return rubric.define("pitch", title="创投路演评审", criteria=PITCH.criteria, source="样例")


def test_it_reads_back_what_was_defined(version: RubricVersion) -> None:
    assert rubric.scale_of(version) == PITCH
    assert (version.number, version.used_at) == (1, None)


def test_it_stores_the_version_beside_the_score(version: RubricVersion) -> None:
    verdict = Verdict.objects.get(pk=verdicts.give(version, MARKS).pk)
    assert (verdict.version, verdict.total) == (version, Decimal("82.58"))


def test_it_changes_a_version_nobody_has_used(version: RubricVersion) -> None:
    rubric.change(version, criteria=(criterion(),))
    assert [one.code for one in rubric.scale_of(version).criteria] == ["a"]


def test_it_refuses_to_change_a_used_version(version: RubricVersion) -> None:
    verdicts.give(version, MARKS)
    with pytest.raises(Conflict, match="已经使用"):
        rubric.change(version, criteria=(criterion(),))
    assert rubric.scale_of(version) == PITCH


def test_it_stays_unused_where_the_marks_are_refused(version: RubricVersion) -> None:
    with pytest.raises(Refusal):
        verdicts.give(version, {})
    version.refresh_from_db()
    assert (version.used_at, Verdict.objects.count()) == (None, 0)


def test_a_new_version_leaves_old_scores_alone(version: RubricVersion) -> None:
    verdict = verdicts.give(version, MARKS)
    newer = rubric.define("pitch", title="创投路演评审", criteria=(criterion(),))
    assert newer.number == 2
    assert rubric.scale_of(verdict.version).total(verdict.marks) == verdict.total


def test_a_used_version_cannot_be_deleted(version: RubricVersion) -> None:
    verdicts.give(version, MARKS)
    with pytest.raises(ProtectedError):
        version.delete()


def test_the_database_knows_the_rule_too(version: RubricVersion) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        CriterionRow.objects.filter(version=version, code="need").update(weight=Decimal(-1))


RACER = """
import sys
from linli.kernel import rubric
from linli.kernel.errors import Refusal
from tests.playground import verdicts
from linli.kernel.rubric import RubricVersion
version = RubricVersion.objects.get()
marks = {one.code: one.top for one in rubric.sample("pitch_review")}
try:
    if sys.argv[1] == "give":
        verdicts.give(version, {code: str(mark) for code, mark in marks.items()})
    else:
        one = rubric.Criterion("a", "a", rubric.sample("pitch_review")[0].top, rubric.sample("pitch_review")[0].top * 5)
        rubric.change(version, criteria=(one,))
    print("y")
except Refusal:
    print("n")
"""


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_a_score_and_a_change_never_mix(race: Callable[..., list[str]]) -> None:
    version = rubric.define("pitch", title="创投路演评审", criteria=PITCH.criteria)
    given, changed = (text.strip() for text in race(RACER, [("give",), ("change",)]))
    assert {given, changed} == {"y", "n"}
    assert (rubric.scale_of(version) == PITCH) is (given == "y")
