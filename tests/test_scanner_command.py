"""``linli files watch`` as an operator runs it: whose inbox, what it says, what is wrong with its words."""

import signal
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from linli.apps.places.tests.factories import make_district
from linli.kernel.audit.models import AuditRow
from linli.kernel.files import InboxScan
from linli.kernel.files.scans import folder as drop
from linli.kernel.files.tests.scenes import PAGE
from linli.site.commands import scanner
from linli.site.troubles import Trouble

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> Iterator[None]:
    """No seconds pass, the store is the test's own, and the signs of the process are put back."""
    monkeypatch.setattr(drop, "SETTLED", 0.0)
    own = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "files"}}
    settings.STORAGES = {**settings.STORAGES, "default": own}
    before = {sign: signal.getsignal(sign) for sign in (signal.SIGTERM, signal.SIGINT)}
    yield
    for sign, handler in before.items():
        signal.signal(sign, handler)


def watch(*words: str) -> None:
    parser = ArgumentParser()
    scanner.arguments(parser)
    scanner.run(parser.parse_args(["watch", *words, "--once"]))


def test_it_takes_what_lies_in_the_folder_into_the_inbox_of_the_place(tmp_path: Path, capsys: Any) -> None:
    place = make_district().community
    (tmp_path / "scans").mkdir()
    (tmp_path / "scans" / "签到表.pdf").write_bytes(PAGE)
    watch(str(tmp_path / "scans"), "--place", place.code)
    assert capsys.readouterr().out == f"签到表.pdf：已进入{place.name}的扫描件收件箱，页数：1。\n"
    row = InboxScan.objects.get()
    assert (row.place_id, row.place_name, row.folder) == (place.pk, place.name, "scans")
    assert AuditRow.objects.get(action="files.scan.file_in").chain == f"street:{place.street_id}"


def test_it_says_what_is_wrong_with_the_folder_or_the_place(tmp_path: Path) -> None:
    place = make_district().community
    with pytest.raises(Trouble, match="没有文件夹"):
        watch(str(tmp_path / "nowhere"), "--place", place.code)
    with pytest.raises(Trouble, match="没有名为 火星社区 的地点"):
        watch(str(tmp_path), "--place", "火星社区")
