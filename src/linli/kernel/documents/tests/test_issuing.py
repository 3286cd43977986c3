"""The number and the sealed scan that come back from the office."""

from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import pytest
from tests.playground.actors import Somebody
from tests.playground.models import Poster

from linli.kernel.audit import timeline
from linli.kernel.documents import (
    IssuedNumber,
    Layout,
    Paper,
    correct_issue,
    issued,
    print_paper,
    record_issue,
    tidy_number,
)
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.files.models import StoredFile
from linli.kernel.refs import ref_of
from linli.kernel.scope import Anchor, Role

NOW = datetime(2026, 3, 5, 2, tzinfo=UTC)
OFFICER = Somebody("丙", frozenset({(Role.STREET_OFFICER, Anchor())}))


@pytest.fixture(scope="module")
def scan() -> bytes:
    return print_paper(Paper(Layout.PLAIN, "盖章扫描件", "清河里街道", date(2026, 3, 2), "清河里-2026-0001"))


def issue(poster: Poster, scan: bytes, *, upload: bytes = b"", **more: Any) -> IssuedNumber:
    said = {
        "paper": "notice",
        "unit": "清河里街道办事处",
        "number": "清街发[2026] 12 号",
        "issued_on": date(2026, 3, 4),
    }
    sent = BytesIO(upload or scan)
    sent.name = "盖章件.pdf"
    return record_issue(poster, **{**said, "scan": sent, "actor": OFFICER, "at": NOW, **more})


@pytest.mark.django_db
def test_it_keeps_number_day_and_scan_and_tells_it_in_the_timeline(scan: bytes) -> None:
    poster = Poster.objects.create(title="通知")
    row = issue(poster, scan)
    (entry,) = timeline(ref_of(poster))
    assert (row.number, row.scan.owner_id, issued(poster, "notice"), issued(poster, "reply")) == (
        "清街发〔2026〕12号",
        poster.pk,
        [row],
        [],
    )
    assert entry.row.action == "documents.paper.issue"


@pytest.mark.django_db
def test_a_paper_is_issued_once_and_a_number_given_once(scan: bytes) -> None:
    poster, other = Poster.objects.create(title="通知"), Poster.objects.create(title="另一个")
    issue(poster, scan)
    for again in ({"number": "清街发〔2026〕13号"}, {}):
        with pytest.raises(Conflict, match="12"):
            issue(poster if again else other, scan, **again)
    assert (IssuedNumber.objects.count(), StoredFile.objects.count()) == (1, 1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"number": "十二号"}, Refusal),
        ({"issued_on": date(2026, 3, 6)}, Refusal),
        ({"actor": Somebody("甲", frozenset({(Role.COMMUNITY_WORKER, Anchor())}))}, NotAllowed),
        ({"upload": b"PK\x03\x04"}, Refusal),
    ],
)
def test_it_refuses_and_keeps_nothing(scan: bytes, change: dict[str, Any], refusal: type[Refusal]) -> None:
    poster = Poster.objects.create(title="通知")
    with pytest.raises(refusal):
        issue(poster, scan, **change)
    assert (IssuedNumber.objects.count(), StoredFile.objects.count(), timeline(ref_of(poster))) == (0, 0, [])


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("清街发〔2026〕12号", "清街发〔2026〕12号"),
        ("清街 发【２０２６】１２号", "清街发〔2026〕12号"),
        ("〔2026〕第3期", "〔2026〕第3期"),
    ],
)
def test_a_number_is_written_one_way(written: str, number: str) -> None:
    assert tidy_number(written) == number


@pytest.mark.django_db
def test_a_mistyped_number_is_put_right_and_both_are_kept(scan: bytes) -> None:
    poster, other = Poster.objects.create(title="通知"), Poster.objects.create(title="另一个")
    row = issue(poster, scan)
    issue(other, scan, number="清街发〔2026〕13号")
    said = {"issued_on": date(2026, 3, 4), "reason": "录入时少一位", "actor": OFFICER, "at": NOW}
    for number, reason in (("清街发〔2026〕13号", ""), ("清街发〔2026〕13号", "x"), ("清街发〔2026〕12号", "x")):
        with pytest.raises(Refusal):
            correct_issue(poster, row, **{**said, "number": number, "reason": reason})
    correct_issue(poster, row, number="清街发[2026]112号", **said)
    assert (row.number, [one.number for one in row.corrections.all()]) == (
        "清街发〔2026〕112号",
        ["清街发〔2026〕12号"],
    )
    told = dict(timeline(ref_of(poster))[-1].facts)
    assert (told["文号"], told["理由"]) == ("清街发〔2026〕12号 → 清街发〔2026〕112号", "录入时少一位")
