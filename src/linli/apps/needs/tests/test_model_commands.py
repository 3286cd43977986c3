"""``linli needs train`` and ``linli needs classify``: what they print, and a sentence for each bad file."""

import csv
import gzip
import json
from argparse import Namespace
from pathlib import Path

import pytest

from linli.algorithms.classify.inventing import messages
from linli.apps.needs.commands import classify, train

pytestmark = pytest.mark.sqlite_only
LABELLED = [(text, kind) for text, kind in messages(60)]


def written(file: Path, head: tuple[str, ...], rows: list[tuple[str, ...]]) -> Path:
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        csv.writer(out).writerows([head, *rows])
    return file


def trained(file: Path, out: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    code = train.run(Namespace(file=file, out=out))
    said = capsys.readouterr()
    return code, said.out, said.err


def classified(
    file: Path, model: Path, capsys: pytest.CaptureFixture[str], *, plain: bool = False
) -> tuple[int, str, str]:
    code = classify.run(Namespace(file=file, model=model, json=not plain))
    said = capsys.readouterr()
    return code, said.out, said.err


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("model")
    labelled = written(folder / "l.csv", ("text", "label"), list(messages(200)))
    assert train.run(Namespace(file=labelled, out=folder / "model")) == 0
    return folder / "model"


def test_it_prints_how_good_the_model_was_on_texts_held_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    labelled = written(tmp_path / "l.csv", ("label", "text", "more"), [(kind, text, "") for text, kind in LABELLED])
    packed = tmp_path / "l.csv.gz"
    packed.write_bytes(gzip.compress(labelled.read_bytes()))
    answers = [trained(file, tmp_path / "model", capsys) for file in (labelled, packed)]
    code, said, wrong = answers[0]
    lines = said.splitlines()
    assert (code, wrong, answers[1]) == (0, "", answers[0])
    assert lines[0] == "rows: 60, different texts: 60, labels: 3"
    assert [line.split(":")[0] for line in lines[1:4]] == ["held-out texts", "held-out accuracy", "macro-F1"]


def test_it_gives_a_category_with_confidence_and_reasons(
    model: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [("7", "楼下的路灯坏了，井盖也翘了"), ("8", "垃圾 清运 异味"), ("7", "！！")]
    code, said, wrong = classified(written(tmp_path / "n.csv", ("id", "text"), rows), model, capsys)
    told = json.loads(said)["rows"]
    assert (code, wrong) == (0, "")
    assert [(row["id"], row["category"]) for row in told] == [("7", "路面设施"), ("8", "环境卫生"), ("7", None)]
    assert [sorted(row) for row in told] == [["category", "confidence", "id", "reasons"]] * 3
    assert (set(told[0]["reasons"][:2]), told[0]["confidence"] > 0.5) == ({"路灯", "井盖"}, True)


def test_it_prints_lines_without_json(model: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = written(tmp_path / "n.csv", ("id", "text"), [("7", "垃圾 清运")])
    code, said, _wrong = classified(file, model, capsys, plain=True)
    assert (code, said.split()[:2]) == (0, ["7", "环境卫生"])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", ":1: expected the columns text and label, found no column text"),
        ("text,kind\na,b\n", ":1: expected the columns text and label, found no column label"),
        ("text,label,text\na,b,c\n", ":1: expected the columns text and label, found 2 of them"),
        ("text,label\n", ":2: expected at least one row below the head"),
        ("text,label\n路灯,a\n ,b\n", ":3: expected text, found an empty cell"),
        ("text,label\n路灯,\n", ":2: expected label, found an empty cell"),
        ("text,label\n路灯\n", ":2: expected 2 cells, found 1"),
        ("text,label\n路灯,a\n垃圾,a\n", ": there is one label only; a model needs texts of two at least"),
        ("text,label\n路灯,a\n垃圾,b\n", ": there are 2 different texts; a model needs 10 at least"),
    ],
)
def test_it_says_what_is_wrong_with_labelled_texts(
    text: str, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "l.csv"
    file.write_text(text, encoding="utf-8")
    assert trained(file, tmp_path / "model", capsys) == (2, "", f"{file}{told}\n")
    assert not (tmp_path / "model").exists()


def test_it_says_what_file_cannot_be_read_or_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    labelled = written(tmp_path / "l.csv", ("text", "label"), list(LABELLED))
    (tmp_path / "half.gz").write_bytes(gzip.compress(labelled.read_bytes())[:200])
    lost, half, away = tmp_path / "lost.csv", tmp_path / "half.gz", tmp_path / "no" / "model"
    assert trained(lost, tmp_path / "m", capsys)[2] == (
        f"{lost}:0: expected a file that can be read (No such file or directory)\n"
    )
    assert trained(half, tmp_path / "m", capsys)[2] == f"{half}:0: expected a whole gzip file\n"
    assert trained(labelled, away, capsys)[2] == f"{away}: expected a folder that is there\n"


def test_it_says_what_is_wrong_with_a_model(model: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = written(tmp_path / "n.csv", ("id", "text"), [("7", "垃圾 清运")])
    (tmp_path / "half").write_bytes(model.read_bytes()[:900])
    half, lost = tmp_path / "half", tmp_path / "lost"
    assert classified(file, half, capsys) == (2, "", f"{half}: the file is damaged, or not a model of Linli\n")
    told = f"{lost}:0: expected a file that can be read (No such file or directory)\n"
    assert classified(file, lost, capsys) == (2, "", told)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("id,words\n1,x\n", ":1: expected the columns id and text, found no column text"),
        ("id,text\n1,\n", ":2: expected text, found an empty cell"),
        ("id,text\n,路灯\n", ":2: expected id, found an empty cell"),
    ],
)
def test_it_says_what_is_wrong_with_texts(
    text: str, told: str, model: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "n.csv"
    file.write_text(text, encoding="utf-8")
    assert classified(file, model, capsys) == (2, "", f"{file}{told}\n")
