"""``linli needs duplicates``: groups with their reasons; a bad file gets one sentence that says where."""

import csv
import json
import subprocess
import sys
from argparse import Namespace
from pathlib import Path

import pytest

from linli.apps.needs.commands.duplicates import run

pytestmark = pytest.mark.sqlite_only
LAMP = "楼下的路灯已经三天不亮了，老人晚上出门很不方便，请派人来修"
LIFT = "电梯停了两天，九楼的老人下不来，物业说没有钱修"


def answered(file: Path, capsys: pytest.CaptureFixture[str], *, as_json: bool = True) -> tuple[int, str, str]:
    code = run(Namespace(file=file, json=as_json))
    said = capsys.readouterr()
    return code, said.out, said.err


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    file = folder / "needs.csv"
    file.write_bytes(text.encode(encoding))
    return file


def test_it_gives_groups_with_their_reasons(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [
        ("id", "text", "time", "place", "phone"),
        ("7", LAMP, "2026-03-02 09:00", "槐荫社区", "x"),
        ("8", LIFT, "2026/3/2 9:10:00", "槐荫社区", "x"),
        ("9", LAMP + "。", "2026-03-05T09:30:00", "槐荫社区", "x"),
        ("10", LAMP, "2026年3月6日", "桥头社区", "x"),
    ]
    with (tmp_path / "needs.csv").open("w", encoding="utf-8-sig", newline="") as out:
        csv.writer(out).writerows(rows)
    code, said, wrong = answered(tmp_path / "needs.csv", capsys)
    reason = "文字相同，都在“槐荫社区”，前后相隔 3 天"
    assert (code, json.loads(said), wrong) == (0, {"groups": [{"ids": ["7", "9"], "reason": reason}]}, "")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_it_reads_what_excel_writes(encoding: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = written(tmp_path, f"id,text\r\n1,{LAMP}\r\n\r\n2,{LAMP}😀\r\n3,\r\n", encoding)
    assert answered(file, capsys, as_json=False) == (0, "1 2：文字相同\n", "")


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("", 1, "expected the head id,text[,time,place], found an empty file"),
        ("id,words\n1,x\n", 1, "expected the columns id and text, found no column text"),
        ("text\nx\n", 1, "expected the columns id and text, found no column id"),
        ("id,text,text\n1,x,y\n", 1, "expected the column text once, found it 2 times"),
        ("id,text\n", 2, "expected at least one row below the head"),
        ("id,text\n1,x\n1,y\n", 3, "expected every id once, found 1 again (first in line 2)"),
        ("id,text\n,x\n", 2, "expected an id"),
        ("id,text\n1,x,y\n", 2, "expected 2 cells, found 3"),
        ("id,text,time\n1,x,gestern\n", 2, "expected a time such as 2026-11-22 09:30, found 'gestern'"),
    ],
)
def test_it_says_in_one_line_what_is_wrong(
    text: str, line: int, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(tmp_path, text)
    assert answered(file, capsys) == (2, "", f"{file}:{line}: {told}\n")


def test_it_says_that_a_file_is_not_there_or_no_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gone = tmp_path / "gone.csv"
    told = f"{gone}:0: expected a file that can be read (No such file or directory)\n"
    assert answered(gone, capsys) == (2, "", told)
    file = tmp_path / "needs.csv"
    file.write_bytes(b"id,text\n1,\xff\xff\xff\n")
    assert answered(file, capsys) == (2, "", f"{file}:1: expected UTF-8 or GB 18030\n")


def test_it_compares_the_beginning_of_a_very_long_text_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    long = "".join(chr(0x4E00 + one * 7 % 20000) for one in range(34_000))
    file = written(tmp_path, f"id,text\n1,{long}\n2,{long[:12000]}\n")
    code, said, told = answered(file, capsys)
    assert (code, json.loads(said)["groups"]) == (0, [{"ids": ["1", "2"], "reason": "文字相同"}])
    sentence = "{}: {} characters, the first 10000 are compared"
    assert told.splitlines() == [sentence.format(1, 34_000), sentence.format(2, 12_000)]


def test_the_command_runs_without_django_and_scipy(tmp_path: Path) -> None:
    file = written(tmp_path, f"id,text\n1,{LAMP}\n2,{LAMP}\n")
    program = (
        "import sys; from linli.site.cli import main; code = main(['needs', 'duplicates', sys.argv[1], '--json']); "
        "print(code, sorted({'django', 'scipy'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(file)], capture_output=True, text=True, check=True,
        env={"PYTHONPATH": ":".join(filter(None, sys.path)), "PATH": ""},
    )  # fmt: skip
    groups = '{"groups": [{"ids": ["1", "2"], "reason": "文字相同"}]}'
    assert done.stdout.splitlines() == [groups, "0 []"]
