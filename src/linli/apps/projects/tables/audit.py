"""The audit pack: index, minutes, notices, vouchers, evidence with its gaps, changes, exceptions, a seeded sample.

Every figure is read through the apps that own it. Whether an invoice is genuine is not said: the tax platform knows.
"""

import hashlib
import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from linli.algorithms.lots import lot_of
from linli.apps.ledger.models import Expenditure, VoucherShare
from linli.apps.ledger.queries import exceptions
from linli.apps.projects.models import ChangeRequest, Evidence, GateException, Project
from linli.apps.publicity.queries import notices_about
from linli.kernel.errors import Refusal
from linli.kernel.files import StoredFile
from linli.kernel.refs import Ref, ref_of
from linli.kernel.tables import write_xlsx

CAUTION = "本资料不对发票真伪作出判断，真伪以税务发票查验平台的查验结果为准。"
SHEETS: dict[str, tuple[str, ...]] = {
    "1资料清单": ("序号", "资料", "份数", "说明"),
    "2会议纪要": ("项目", "决定机构", "日期", "纪要文号", "支持金额", "扫描件"),
    "3公示": ("项目", "标题", "起", "止", "异议"),
    "4支出与票据": (
        "项目",
        "支出号",
        "事由",
        "金额",
        "状态",
        "收款方",
        "支付日期",
        "发票号码",
        "开票日期",
        "分摊金额",
        "电子件",
    ),
    "5佐证矩阵": ("项目", "节点", "佐证", "必需", "状态", "存放", "文件数"),
    "6变更": ("项目", "序号", "理由", "预算变动%", "幅度", "状态", "备案号"),
    "7例外": ("项目", "例外", "说明"),
    "8抽样": ("序号", "项目", "支出号", "事由", "金额", "核对结论"),
}  # fmt: skip
Row = list[Any]


def projects_for(*, project: str = "", fund: str = "", year: int | None = None, street: str = "") -> list[Project]:
    """The projects an audit is about. Raises Refusal where there is none."""
    rows = Project.objects.select_related(
        "street", "place", "bearer", "bearer_place", "award__line__decision", "commitment"
    )
    if project:
        rows = rows.filter(number=project)
    if fund:
        rows = rows.filter(commitment__fund__name=fund)
    if year is not None:
        rows = rows.filter(year=year)
    if street:
        rows = rows.filter(street__name=street)
    found = list(rows.order_by("number"))
    if not found:
        raise Refusal(_("No project fits. Give the number, the fund's name or the year as the system has it."))
    return found


def minutes(projects: Sequence[Project]) -> list[Row]:
    """The decisions the projects rest on."""
    rows = []
    for one in projects:
        if one.award is not None:
            decision = one.award.line.decision
            scan = "有" if decision.has_scan else "缺"
            rows.append([one.number, decision.body, decision.held_on, decision.minutes_number, one.award.amount, scan])
        else:
            rows.append([one.number, "直接录入，无评审决定", one.begun_at, "", one.amount, ""])
    return rows


def notices(projects: Sequence[Project]) -> list[Row]:
    """Notices about a project, or about the decision it rests on."""
    rows: list[Row] = []
    for one in projects:
        about: list[Ref] = [ref_of(one), *([ref_of(one.award.line.decision)] if one.award else [])]
        for ref in about:
            rows += [
                [one.number, notice.title, notice.opens, notice.closes, notice.objections.count()]
                for notice in notices_about(ref)
            ]
        if not rows or rows[-1][0] != one.number:
            rows.append([one.number, "未见公示", None, None, ""])
    return rows


def spending(projects: Sequence[Project]) -> list[Row]:
    """Expenditures with their vouchers; an expenditure without one stands alone."""
    numbers = {one.commitment_id: one.number for one in projects if one.commitment_id}
    shares: dict[Any, list[VoucherShare]] = {}
    found = VoucherShare.objects.filter(expenditure__commitment__in=numbers).select_related("voucher")
    for share in found:
        shares.setdefault(share.expenditure_id, []).append(share)
    rows = []
    for row in Expenditure.objects.filter(commitment__in=numbers).order_by("commitment__number", "serial"):
        told = [numbers[row.commitment_id], row.number, row.purpose, row.amount, row.get_state_display(), row.payee]
        told.append(row.paid_on)
        for share in shares.get(row.pk, []):
            kept = "有" if share.voucher.file_id else "缺"
            rows.append([*told, share.voucher.number, share.voucher.issued_on, share.amount, kept])
        if row.pk not in shares:
            rows.append([*told, "无票据", None, None, "缺"])
    return rows


def evidence(projects: Sequence[Project]) -> list[Row]:
    """Every milestone's evidence: given, on paper, or missing."""
    numbers = {one.pk: one.number for one in projects}
    found = list(
        Evidence.objects.filter(milestone__project__in=numbers)
        .select_related("milestone")
        .order_by("milestone__project__number", "milestone__number", "number")
    )
    counts: dict[Any, int] = {}
    for key in StoredFile.objects.filter(owner_id__in=[one.pk for one in found]).values_list("owner_id", flat=True):
        counts[key] = counts.get(key, 0) + 1
    return [
        [
            numbers[one.milestone.project_id], one.milestone.title, one.title, "是" if one.is_required else "否",
            "纸质" if one.on_paper else "已交" if one.given_on else "缺", one.on_paper, counts.get(one.pk, 0),
        ]
        for one in found
    ]  # fmt: skip


def changes(projects: Sequence[Project]) -> list[Row]:
    """Change requests with their band and filing."""
    rows = ChangeRequest.objects.filter(project__in=projects).select_related("project")
    return [
        [one.project.number, one.number, one.reason, one.percent, one.get_band_display(), one.get_state_display(),
         one.filing_number]
        for one in rows.order_by("project__number", "number")
    ]  # fmt: skip


def exceptional(projects: Sequence[Project]) -> list[Row]:
    """What struck about the spending, and conditions of the closing review that were waived."""
    numbers = {one.commitment_id: one.number for one in projects if one.commitment_id}
    rows: list[Row] = [
        [numbers[one.expenditure.commitment_id], str(one.sentence), one.explanation]
        for one in exceptions([one.commitment for one in projects if one.commitment is not None])
    ]
    waived = GateException.objects.filter(closing__project__in=projects).select_related("closing__project")
    rows += [[one.closing.project.number, f"结项条件例外：{one}", one.reason] for one in waived]
    return rows


def sampled(rows: Sequence[Row], *, seed: str, count: int) -> list[Row]:
    """Expenditures drawn by the digest of "seed:number": anybody who knows the seed draws the same."""
    whole = {(row[0], row[1]): row for row in rows}
    order = sorted(whole, key=lambda key: lot_of(seed, f"{key[0]}:{key[1]}"))
    return [[number, *whole[key][:4], ""] for number, key in enumerate(order[:count], 1)]


def pack(projects: Sequence[Project], *, seed: str = "1", count: int = 10) -> dict[str, list[Row]]:
    """Every sheet by its name."""
    with override("zh-hans"):
        sheets: dict[str, list[Row]] = {
            "2会议纪要": minutes(projects), "3公示": notices(projects), "4支出与票据": spending(projects),
            "5佐证矩阵": evidence(projects), "6变更": changes(projects), "7例外": exceptional(projects),
        }  # fmt: skip
    sheets["8抽样"] = sampled(sheets["4支出与票据"], seed=seed, count=count)
    gaps = sum(1 for row in sheets["5佐证矩阵"] if row[3] == "是" and row[4] == "缺")
    notes = {"5佐证矩阵": f"必需而缺少的佐证{gaps}项", "4支出与票据": CAUTION, "8抽样": f"抽样种子“{seed}”，可重复抽取"}
    index = [
        [number, name[1:], len(rows), notes.get(name, "")] for number, (name, rows) in enumerate(sheets.items(), 1)
    ]
    return {"1资料清单": index, **sheets}


def run(options: Namespace) -> int:
    """Write one workbook a sheet into the folder and say what is missing."""
    projects = projects_for(
        project=options.project or "", fund=options.fund or "", year=options.year, street=options.street
    )
    folder = Path(options.out)
    folder.mkdir(parents=True, exist_ok=True)
    sheets = pack(projects, seed=options.seed, count=options.sample)
    for name, rows in sheets.items():
        write_xlsx(folder / f"{name}.xlsx", SHEETS[name], rows, title=name)
    sums = [f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}" for file in sorted(folder.glob("*.xlsx"))]
    told = [f"{timezone.localdate()}　{len(projects)}个项目", CAUTION, *sums, ""]
    (folder / "说明与校验值.txt").write_text("\n".join(told), encoding="utf-8")
    sys.stdout.write(f"{folder}: {len(projects)} projects, {len(sheets['4支出与票据'])} lines of spending\n")
    return 0
