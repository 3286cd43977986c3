"""Real public tables, as they were published: read, staged and taken over without a hand laid on them."""

import csv
import os
from pathlib import Path
from typing import Any

import pytest
from tests.playground.models import Shop

from linli.kernel.contributions import SheetOffer
from linli.kernel.scope import signed_in
from linli.kernel.tables import Column, ImportState, Into, Sheet, StagedRow, Type, commit, confirm, offers
from linli.kernel.tables.tests.samples import counts, staged, text, user, xlsx

DATA = Path(os.environ.get("LINLI_DATA", Path(__file__).resolve().parents[6] / "shared" / "data"))
pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db,
    pytest.mark.skipif(not DATA.exists(), reason="the public tables (LINLI_DATA) are not here"),
]

STREETS = Sheet(
    name="playground.streets",
    title="街道",
    columns=(
        Column("code", "code", required=True, max_length=12),
        Column("name", "name", required=True, max_length=60),
        Column("seats", "provinceCode", Type.WHOLE),
    ),
    key=("code",),
    into=Into(model=lambda: Shop),
)
REQUESTS = Sheet(
    name="playground.requests",
    title="诉求",
    columns=(
        Column("code", "ID", required=True),
        Column("name", "Title", required=True, max_length=60),
        Column("seen_at", "Date Created", Type.MOMENT),
        Column("seats", "Num Of Comments", Type.WHOLE, least=0),
    ),
    key=("code",),
    into=Into(model=lambda: Shop),
)
HOTLINE = Sheet(
    name="playground.hotline",
    title="热线",
    columns=(
        Column("code", "id", required=True),
        Column("name", "标题", required=True, max_length=60),
        Column("source", "信息来源", required=True, max_length=20),
        Column("listed", "匿名(1)/实名(0)", Type.YES_NO),
        Column("seen_at", "时间", Type.MOMENT),
    ),
    key=("code",),
    into=Into(model=lambda: Shop, fields={"source": "kind"}),
)


@pytest.fixture(autouse=True)
def offered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Offer the sheets of this file for the time of a test."""
    plain = offers.contributions
    own = [SheetOffer(s.name, s.title, s, signed_in) for s in (STREETS, REQUESTS, HOTLINE)]
    monkeypatch.setattr(offers, "contributions", lambda kind: [*plain(kind), *own])


def raw(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_it_takes_over_all_streets_of_the_country() -> None:
    expected = {row["code"]: row["name"] for row in raw("divisions/streets.csv")}
    batch = staged((DATA / "divisions/streets.csv").read_bytes(), name="streets.csv", sheet=STREETS.name)
    assert counts(batch) == (len(expected), 0, 0, 0)
    confirm(batch, actor=user())
    assert commit(batch.pk)
    assert dict(Shop.objects.values_list("code", "name")) == expected


@pytest.mark.parametrize("shape", ["gb18030", "xlsx"])
def test_it_reads_the_same_names_in_other_shapes(shape: str) -> None:
    rows = [["code", "name"], *([row["code"], row["name"]] for row in raw("divisions/streets.csv")[:2000])]
    body = xlsx(rows) if shape == "xlsx" else text(rows, shape)
    batch = staged(body, name="streets.csv", sheet=STREETS.name)
    assert [[r.data["code"], r.data["name"]] for r in StagedRow.objects.order_by("number")] == rows[1:]
    assert counts(batch) == (2000, 0, 0, 0)


def test_it_sorts_real_requests_into_good_and_bad() -> None:
    rows = raw("requests/nyc_311.csv")
    batch = staged((DATA / "requests/nyc_311.csv").read_bytes(), name="nyc.csv", sheet=REQUESTS.name)
    good = {row["ID"] for row in rows if 1 <= len(row["Title"].strip()) <= 60 and int(row["Num Of Comments"]) >= 0}
    assert (batch.state, batch.read, batch.new) == (ImportState.PREVIEW, len(rows), len(good))


def test_it_reads_headings_with_spaces_and_line_breaks_of_a_real_hotline() -> None:
    rows: list[dict[str, Any]] = raw("messages/city_hotline_cases.csv")
    batch = staged((DATA / "messages/city_hotline_cases.csv").read_bytes(), name="热线.csv", sheet=HOTLINE.name)
    assert (batch.state, batch.read) == (ImportState.PREVIEW, len(rows))
    problems = [problem for row in StagedRow.objects.filter(action="bad") for problem in row.problems]
    said = [row["匿名(1)/实名(0)"] for row in rows]
    names = [problem["value"] for problem in problems if problem["code"] == "not-yes-or-no"]
    assert sorted(names) == sorted(word for word in said if word not in {"1", "0", "无"})
    long = [row["标题"].strip() for row in rows if len(row["标题"].strip()) > 60]
    assert [problem["code"] for problem in problems].count("too-long") == len(long)
