"""What a model learns, says and keeps."""

import datetime
import subprocess
import sys

import numpy as np
import pytest

from linli.algorithms.classify import Model, dumped, loaded, train
from linli.algorithms.classify.inventing import KINDS, messages
from linli.algorithms.classify.matrix import counted, learned
from linli.algorithms.classify.model import NOTHING

pytestmark = pytest.mark.sqlite_only
DAY = datetime.date(2026, 3, 2)


@pytest.fixture(scope="module")
def model() -> Model:
    return train(messages(400), day=DAY)


def test_it_names_texts_it_has_not_seen(model: Model) -> None:
    fresh = messages(200, seed=9)
    right = [model.answer(text).label == kind for text, kind in fresh]
    assert sum(right) >= 180


def test_it_names_the_words_that_speak_for_the_label(model: Model) -> None:
    answer = model.answer("您好，槐荫社区三号楼的路灯坏了，井盖也翘起来了")
    assert (answer.label, answer.sure, set(answer.reasons[:2])) == ("路面设施", True, {"路灯", "井盖"})


def test_it_gives_a_second_label_with_its_own_confidence(model: Model) -> None:
    answer = model.answer("垃圾堵了停车的地方")
    assert {answer.label, answer.second} == {"环境卫生", "停车管理"}
    assert answer.confidence >= answer.second_confidence > 0
    assert answer.confidence + answer.second_confidence <= 1


def test_it_is_the_surer_the_more_a_text_says(model: Model) -> None:
    assert model.answer("路灯 井盖 路面").confidence > model.answer("路灯 停车").confidence


def test_it_says_the_same_of_a_text_raw_and_cut(model: Model) -> None:
    assert model.answer("垃圾 清运 异味").label == model.answer("垃圾清运有异味").label == "环境卫生"


@pytest.mark.parametrize("text", ["", "  \n", "。。！", "𠀀𪚥", "龘龘龘"])
def test_it_names_nothing_where_no_word_is_known(model: Model, text: str) -> None:
    assert model.answer(text) == NOTHING


@pytest.mark.parametrize("text", ["😀垃圾😀", "垃圾\x00清运", "<script>垃圾</script>", "垃圾" * 60_000, "垃圾 \ud800"])
def test_it_reads_whatever_people_write(model: Model, text: str) -> None:
    assert model.answer(text).label == "环境卫生"


def test_it_counts_repeated_texts_once_under_their_first_label() -> None:
    rows = messages(60)
    again = [(f"  {text}\n", "停车管理") for text, _kind in rows]
    assert train(rows + again, day=DAY).facts == train(rows, day=DAY).facts


def test_it_learns_the_same_from_the_same_rows(model: Model) -> None:
    assert dumped(train(messages(400), day=DAY)) == dumped(model)


def test_it_tells_the_rows_it_learned_from_whatever_their_order() -> None:
    rows = messages(60)
    hashes = {train(some, day=DAY).facts.data_hash for some in (rows, rows[::-1])}
    assert (len(hashes), train(rows[1:], day=DAY).facts.data_hash in hashes) == (1, False)


def test_it_reports_on_a_tenth_of_each_label(model: Model) -> None:
    report = model.facts.report
    counts = {kind: [one for _text, one in messages(400)].count(kind) // 10 for kind in KINDS}
    assert {one.label: one.texts for one in report.per_label} == counts
    assert report.texts == sum(counts.values())
    assert report.accuracy == sum(report.confusion[at][at] for at in range(3)) / report.texts


def test_it_reports_what_a_plain_count_finds(model: Model) -> None:
    confusion = np.array(model.facts.report.confusion)
    found, named, there = confusion.diagonal(), confusion.sum(axis=0), confusion.sum(axis=1)
    assert model.facts.report.macro_f1 == pytest.approx(float(np.mean(2 * found / (named + there))))


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([], "there is one label only; a model needs texts of two at least"),
        ([("路灯", "a"), ("垃圾", "a")], "there is one label only; a model needs texts of two at least"),
        ([("路灯", "a"), ("垃圾", "b")], "there are 2 different texts; a model needs 10 at least"),
        (
            [(f"路灯{number}", str(number)) for number in range(12)],
            "every label has one text only; a model needs several of each",
        ),
        (
            [(chr(0x4E00 + 7 * number) * 2, "ab"[number % 2]) for number in range(12)],
            "the texts have no word in common; nothing can be learned from them",
        ),
        ([("路灯", "a"), ("垃圾", "b")] * 9, "there are 2 different texts; a model needs 10 at least"),
    ],
)
def test_it_refuses_to_learn_from_too_little(rows: list[tuple[str, str]], told: str) -> None:
    with pytest.raises(ValueError) as refused:
        train(rows, day=DAY)
    assert str(refused.value) == told


def test_it_learns_where_a_label_has_one_text_only() -> None:
    model = train([*messages(30), ("狗叫 扰民", "其他")], day=DAY)
    assert model.facts.labels == tuple(sorted([*KINDS, "其他"]))


def test_it_keeps_the_commonest_where_many_labels_need_room() -> None:
    counts = counted([["路", "灯"], ["路", "坑"], ["路", "坑"]])
    whole, small = (learned(counts, np.ones(3, bool), most=most) for most in (99, 2))
    assert (len(whole.keys), set(small.keys) <= set(whole.keys), small.rarity.tolist()) == (6, True, [1.0, 1.0])


def test_it_is_used_without_scikit_learn_and_scipy(model: Model) -> None:
    code = (
        "import sys; from linli.algorithms.classify import loaded; "
        "model = loaded(sys.stdin.buffer.read()); said = model.answer('路灯坏了').label; "
        "sys.stdout.buffer.write((said + str({'sklearn', 'scipy', 'django'} & set(sys.modules))).encode())"
    )
    done = subprocess.run([sys.executable, "-c", code], input=dumped(model), capture_output=True, check=True)
    assert done.stdout.decode() == "路面设施set()"


def test_a_file_says_what_its_model_said(model: Model) -> None:
    again = loaded(dumped(model))
    texts = [text for text, _kind in messages(20, seed=5)]
    assert [again.answer(text) for text in texts] == [model.answer(text) for text in texts]
