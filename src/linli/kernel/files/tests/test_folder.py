"""A scanner's folder: whole files only, never twice, nothing lost, bad ones moved aside with a sentence."""

from pathlib import Path
from threading import Event
from typing import Any

import pytest
from django.utils.translation import override

from linli.kernel.files import InboxScan, StoredFile, keeping
from linli.kernel.files.scans import Tray
from linli.kernel.files.scans.folder import PATIENCE, SETTLED, Drop, watch
from linli.kernel.files.tests.samples import size_limit
from linli.kernel.files.tests.scenes import PAGE, jpeg, scene
from linli.kernel.refs import new_key

pytestmark = pytest.mark.django_db


class Clock:
    """Seconds that pass when told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Scanner:
    """A folder, whoever watches it, and the time between two looks."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.clock = folder, Clock()
        self.drop = Drop(folder, Tray(new_key(), "槐荫社区"), clock=self.clock)
        self.drop.open()

    def puts(self, name: str, body: bytes = PAGE) -> Path:
        path = self.folder / name
        path.write_bytes(body)
        return path

    def looks(self, *, after: float = 0) -> list[str]:
        self.clock.now += after
        return list(self.drop.look())

    def stands(self) -> dict[str, list[str]]:
        """What lies in each folder that holds anything."""
        found: dict[str, list[str]] = {}
        for path in sorted(self.folder.rglob("*")):
            if path.is_file():
                found.setdefault(str(path.parent.relative_to(self.folder)), []).append(path.name)
        return found


@pytest.fixture
def scanner(tmp_path: Path) -> Scanner:
    folder = tmp_path / "scans"
    folder.mkdir()
    return Scanner(folder)


def test_it_takes_a_file_that_has_settled_and_says_where_it_went(scanner: Scanner) -> None:
    scanner.puts("签到表.pdf")
    assert scanner.looks() == []
    assert scanner.looks(after=SETTLED) == ["签到表.pdf：已进入槐荫社区的扫描件收件箱，页数：1。"]
    row = InboxScan.objects.get()
    assert (row.name, row.pages, row.state, row.place_id) == ("签到表.pdf", 1, "waiting", scanner.drop.tray.place)
    assert scanner.stands() == {"taken": ["签到表.pdf"]}


def test_it_waits_while_the_scanner_still_writes(scanner: Scanner) -> None:
    scanner.puts("签到表.pdf", PAGE[:60])
    scanner.looks()
    scanner.puts("签到表.pdf", PAGE[:150])
    assert scanner.looks(after=SETTLED) == []
    assert scanner.looks(after=SETTLED) == []
    assert scanner.stands() == {".": ["签到表.pdf"]}
    scanner.puts("签到表.pdf", PAGE)
    assert scanner.looks() == []
    assert len(scanner.looks(after=SETTLED)) == 1
    assert InboxScan.objects.get().file is not None


def test_it_gives_up_on_a_file_that_never_becomes_whole(scanner: Scanner) -> None:
    scanner.puts("签到表.pdf", PAGE[:150])
    scanner.looks()
    (sentence,) = scanner.looks(after=PATIENCE)
    assert sentence.startswith("签到表.pdf：未收入，已移到 ")
    assert scanner.stands() == {"refused": ["签到表.pdf", "签到表.pdf.txt"]}
    assert "文件已损坏或不完整" in (scanner.folder / "refused" / "签到表.pdf.txt").read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "body", "chinese", "english"),
    [
        ("1.exe", b"MZ" + bytes(99), "这里不接收这种文件", "This kind of file is not taken here"),
        ("1.jpg", b"%!PS-Adobe\n", "文件名以 .jpg 结尾，但内容并非如此", "The name ends in .jpg, but the content"),
        ("1.html", b"<html>", "网页", "web page"),
    ],
    ids=["program", "another suffix", "page of the web"],
)
def test_it_moves_what_is_no_scan_aside_with_a_sentence(
    name: str, body: bytes, chinese: str, english: str, scanner: Scanner
) -> None:
    for language, words in (("zh-hans", chinese), ("en", english)):
        scanner.puts(name, body)
        scanner.looks()
        with override(language):
            (sentence,) = scanner.looks(after=SETTLED)
        assert words in sentence
    assert scanner.stands() == {"refused": sorted([name, f"{name}.txt", f"1 (2){name[1:]}", f"1 (2){name[1:]}.txt"])}
    assert (InboxScan.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_it_takes_the_same_bytes_once(scanner: Scanner) -> None:
    for _time in range(2):
        scanner.puts("签到表.pdf")
        scanner.looks()
        said = scanner.looks(after=SETTLED)
    assert said == ["签到表.pdf：此前已收入，没有重复收入。"]
    assert (InboxScan.objects.count(), StoredFile.objects.count()) == (1, 1)
    assert scanner.stands() == {"taken": ["签到表 (2).pdf", "签到表.pdf"]}


def test_it_ends_what_was_broken_off(scanner: Scanner) -> None:
    """Killed after the row was written and before the file was moved."""
    scanner.puts("签到表.pdf")
    scanner.looks()
    scanner.looks(after=SETTLED)
    (scanner.folder / "taken" / "签到表.pdf").replace(scanner.folder / ".linli" / "签到表.pdf")
    assert Scanner(scanner.folder).drop.tray != scanner.drop.tray
    assert scanner.looks() == ["签到表.pdf：此前已收入，没有重复收入。"]
    assert (InboxScan.objects.count(), scanner.stands()) == (1, {"taken": ["签到表.pdf"]})


def test_it_keeps_a_file_for_later_when_there_is_no_room(scanner: Scanner, monkeypatch: pytest.MonkeyPatch) -> None:
    scanner.puts("大图.jpg", jpeg(scene(1, (900, 700))))
    scanner.looks()
    monkeypatch.setattr(keeping.log, "disabled", True)
    with size_limit(2000):
        (sentence,) = scanner.looks(after=SETTLED)
        assert scanner.looks() == []
    assert sentence.startswith("大图.jpg：服务器存储空间不足")
    assert scanner.stands() == {".linli": ["大图.jpg"]}
    assert len(scanner.looks()) == 1
    assert scanner.stands() == {"taken": ["大图.jpg"]}


def test_it_leaves_hidden_half_and_linked_files_alone(scanner: Scanner, tmp_path: Path) -> None:
    other = tmp_path / "other.pdf"
    other.write_bytes(PAGE)
    (scanner.folder / "link.pdf").symlink_to(other)
    for name in (".hidden.pdf", "~lock.pdf", "1.pdf.part", "2.TMP"):
        scanner.puts(name)
    scanner.looks()
    assert scanner.looks(after=SETTLED) == []
    assert InboxScan.objects.count() == 0


def test_it_says_once_that_the_folder_is_away(tmp_path: Path) -> None:
    said: list[str] = []
    stop = Event()
    looks: list[Any] = []

    def wait(_seconds: float) -> None:
        looks.append(None)
        if len(looks) == 3:
            Event.set(stop)

    stop.wait = wait  # type: ignore[method-assign,assignment]  # no seconds pass
    watch(Drop(tmp_path / "gone", Tray(new_key(), "槐荫社区")), every=1, say=said.append, stop=stop)
    assert [len(said), "无法读写" in said[0]] == [1, True]
