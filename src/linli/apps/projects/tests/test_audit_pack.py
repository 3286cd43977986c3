"""The audit pack's rows of spending and of exceptions, from vouchers and explanations that were entered."""

from datetime import date
from decimal import Decimal as D
from pathlib import Path

import openpyxl
import pytest

from linli.apps.ledger import services as ledger
from linli.apps.ledger.models import Commitment, Expenditure, Voucher
from linli.apps.ledger.tests.factories import a_subject, give_papers, make_expenditure, make_fund, make_voucher
from linli.apps.places.tests.factories import make_district
from linli.apps.projects.models import Project
from linli.apps.projects.services import Line
from linli.apps.projects.services import closing as closings
from linli.apps.projects.tables import audit
from linli.apps.projects.tests.factories import make_project
from linli.site.cli import found as commands_found
from linli.site.cli import parser_of

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]
EARLY, WITHIN = date(2026, 3, 2), date(2026, 6, 1)
WHY = "开工前按街道通知先行采购"


@pytest.fixture(scope="module")
def project(module_db: None) -> Project:
    """A paid expenditure, one dated too early with its explanation, one without any paper, one waived condition."""
    district = make_district()
    made = make_project(
        district.community, fund=make_fund(district.street), grounds=a_subject(), amount=D(1000), money_from="",
        lines=[Line("物料", D(1000))],
    )  # fmt: skip
    paid = handed_in(made, 300, WITHIN, "")
    for step in (ledger.check, ledger.approve):
        step(paid, actor=None)
    ledger.record_paid(paid, receipt="国库-1", paid_on=date(2026, 6, 9), actor=None)
    handed_in(made, 200, EARLY, WHY)
    make_expenditure(commitment_of(made), 50, spent_on=WITHIN, purpose="未交票据")
    closing = closings.open_closing(made, actor=None)
    closings.except_from_gate(
        closing, ground="satisfaction", reason="无直接使用者", body="街道党工委会议", minutes_number="〔2026〕30号",
        decided_on=date(2026, 11, 1), actor=None,
    )  # fmt: skip
    return made


def commitment_of(project: Project) -> Commitment:
    assert project.commitment is not None
    return project.commitment


def handed_in(project: Project, amount: int, day: date, explanation: str) -> Expenditure:
    """An expenditure with invoice and papers, handed in."""
    promised = commitment_of(project)
    row = make_expenditure(
        promised, amount, line=promised.lines.get(), spent_on=day, explanation=explanation, payee=f"第{amount}号商店"
    )
    make_voucher(row, issued_on=day)
    give_papers(row)
    ledger.submit(row, actor=None)
    return row


def test_every_expenditure_stands_with_its_voucher_or_without(project: Project) -> None:
    sheet = audit.pack([project])["4支出与票据"]
    numbers = [one.number for one in Voucher.objects.order_by("issued_on")]
    assert [(row[0], row[3], row[5], row[6], row[7], row[8], row[9]) for row in sheet] == [
        (project.number, D(300), "第300号商店", date(2026, 6, 9), numbers[1], WITHIN, D(300)),
        (project.number, D(200), "第200号商店", None, numbers[0], EARLY, D(200)),
        (project.number, D(50), "和安百货商行", None, "无票据", None, None),
    ]
    assert [row[4] for row in sheet] == ["已付清", "已提交", "填写中"]


def test_exceptions_stand_with_their_explanation_and_their_decision(project: Project) -> None:
    rows = audit.pack([project])["7例外"]
    assert {row[0] for row in rows} == {project.number}
    early = [row for row in rows if "早于实施期" in row[1]]
    assert early != []
    assert {row[2] for row in early} == {WHY}
    waived = [row[1:] for row in rows if row[1].startswith("结项条件例外")]
    assert waived == [["结项条件例外：服务对象满意度：街道党工委会议 〔2026〕30号", "无直接使用者"]]
    assert len(rows) == len(early) + 1


def test_the_workbooks_hold_these_rows(project: Project, tmp_path: Path) -> None:
    asked = ["audit", "pack", "--project", project.number, "--out", str(tmp_path)]
    assert audit.run(parser_of(commands_found()).parse_args(asked)) == 0
    sheet = openpyxl.load_workbook(tmp_path / "4支出与票据.xlsx").active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert (rows[0], len(rows)) == (audit.SHEETS["4支出与票据"], 4)
    assert [float(str(row[3])) for row in rows[1:]] == [300.0, 200.0, 50.0]
