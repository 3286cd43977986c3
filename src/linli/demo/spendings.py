"""What the projects of this year spend: entered by whoever carries them out, checked and approved by two, paid."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial

from linli.apps.ledger import services
from linli.apps.ledger.models import Expenditure
from linli.apps.ledger.queries import missing_papers
from linli.apps.projects.models import Project
from linli.demo.pictures import STAGES, paper, scene
from linli.demo.streets import Here
from linli.kernel.scope import Actor

STEPS = ("drafted", "returned", "submitted", "checked", "approved", "paid")
SELLERS = ("临湖综合服务部", "湖滨便民工程队", "青禾设计有限公司", "拾光印务有限公司", "和居物业服务有限公司")


@dataclass(frozen=True)
class Bought:
    """One purchase: when (per cent of the days gone by), the line it belongs to, and how far it has come."""

    when: int
    line: str
    kind: str
    purpose: str
    payee: str
    amount: str
    until: str = "paid"
    why: str = ""


def spend(
    here: Here, project: Project, rows: Sequence[Bought], *, by: Actor | None, on: Callable[[int], datetime]
) -> None:
    """Enter every purchase of a project with its invoice and papers, and carry it as far as it has come."""
    assert project.commitment is not None  # these projects are paid out of a fund
    lines = {line.item: line for line in project.commitment.lines.all()}
    for number, row in enumerate(rows, 1):
        at = on(row.when)
        expenditure = services.draft_expenditure(
            project.commitment, kind=row.kind, amount=Decimal(row.amount), purpose=row.purpose, payee=row.payee,
            spent_on=at.date(), line=lines.get(row.line), explanation=row.why, actor=by, at=at,
        )  # fmt: skip
        if row.until == "drafted":
            continue
        _with_papers(project, expenditure, number, by=by, at=at)
        _carry(here, expenditure, row.until, by=by, at=at)


def spend_whole(here: Here, project: Project, number: int, *, day: Callable[[int], datetime]) -> None:
    """What a project of an earlier year spent, in one purchase: nearly all of its first budget line."""
    commitment = project.commitment
    assert commitment is not None  # every award is promised
    line = commitment.lines.order_by("number").first()
    amount = ((line.amount if line else commitment.binding) * (100 - number % 5) / 100).quantize(Decimal("0.01"))
    item = line.item if line else project.title
    row = Bought(
        number % 4, item, "goods", f"{project.title}：{item}"[:60], SELLERS[number % len(SELLERS)], str(amount),
        why="全年一次采购，三家比价记录附后。",
    )  # fmt: skip
    spend(here, project, [row], by=None, on=day)


def _with_papers(project: Project, expenditure: Expenditure, number: int, *, by: Actor | None, at: datetime) -> None:
    """Its invoice, every other paper its kind asks for, and pictures of what was done."""
    invoice = f"{at:%y}99{project.serial:04}{at:%m%d}{number:08}"
    services.attach_voucher(
        expenditure, number=invoice, amount=expenditure.amount, issued_on=at.date(), buyer=str(project.carried_by),
        seller=expenditure.payee, items=expenditure.purpose, upload=paper(f"发票{invoice}"), actor=by, at=at,
    )  # fmt: skip
    for wanted in missing_papers(expenditure):
        shown = [scene(expenditure.purpose, stage, at) for stage in STAGES] if wanted.code == "photos" else ()
        for upload in shown or [paper(f"{wanted.title}{invoice}")]:
            services.attach_paper(expenditure, paper=wanted.code, upload=upload, actor=by, at=at)


def _carry(here: Here, expenditure: Expenditure, until: str, *, by: Actor | None, at: datetime) -> None:
    """Handed in, checked, approved and paid within the days after, or sent back."""
    officer, finance = here.people["linhu.jiedao"], here.people["linhu.caiwu"]

    def later(hours: int) -> datetime:
        return at + timedelta(hours=hours)

    services.submit(expenditure, actor=by, at=later(1))
    if until == "returned":
        services.send_back(expenditure, reason="验收单缺居民代表签字，请补签后再提交。", actor=officer, at=later(3))
        return
    verbs = (
        partial(services.check, actor=officer, at=later(2)),
        partial(services.approve, actor=finance, at=later(4)),
        partial(
            services.record_paid, receipt=f"国库{at:%y%m%d}-{expenditure.number[-6:]}", paid_on=at.date(),
            actor=finance, at=later(5),
        ),
    )  # fmt: skip
    for verb in verbs[: STEPS.index(until) - STEPS.index("submitted")]:
        verb(expenditure)
        expenditure.refresh_from_db()
