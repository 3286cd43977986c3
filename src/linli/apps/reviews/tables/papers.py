"""The papers 8–11 and 13 of documents.md as descriptions of the layout kit: what stands where, in Chinese only."""

from collections.abc import Mapping
from typing import Any

from linli.kernel.documents import (
    Cell,
    Column,
    Grid,
    Head,
    Layout,
    NewSheet,
    Paper,
    Rows,
    Signatures,
    Text,
)

Data = Mapping[str, Any]
RULES_OF_THE_ROOM = (
    "1. 评委签署承诺书后方可查阅评审材料；材料随评审会结束停止开放。",
    "2. 评委独立评分，不交流、不查看他人评分；应当回避的项目不评分、不发言。",
    "3. 收卷前可以调整本人评分；收卷后确需更正的，书面说明理由，经监督人批准，原分数一并留存。",
    "4. 公布前，除计分人和监督人外任何人不得查看分数。",
)
SHEET = "评分表"


def _label(text: str) -> Cell:
    return Cell(text, label=True)


def _paper(data: Data, layout: Layout, title: str, blocks: list[Any], *, inside: bool = True, **more: Any) -> Paper:
    """A paper of the review; only what stays in the office bears the code that leads to its page."""
    return Paper(
        layout, title, data["office"], data["printed"], data["serial"], blocks, inside=inside,
        address=data["address"] if inside else "", **more,
    )  # fmt: skip


def _criteria(data: Data) -> Rows:
    columns = [
        Column("序号", 0.6, "center"),
        Column("评分项", 2),
        Column("分值", 0.8, "center"),
        Column("档次说明", 3.4),
    ]
    rows = [[number, one["title"], one["top"], one["anchors"]] for number, one in enumerate(data["criteria"], 1)]
    return Rows(columns, rows)


def handbook(data: Data) -> Paper:
    """8 评审手册: time and place, panel, judges and staff, order of entries, criteria, rules of the room."""
    told = [
        ("时间", data["days"]), ("地点", data["venue"]), ("评委", "、".join(data["judges"])),
        ("工作人员", "；".join(data["staff"])),
        ("时长", f"每个项目汇报{data['talk']}分钟，问答{data['questions']}分钟"), ("计分规则", data["rule"]),
    ]  # fmt: skip
    columns = [
        Column("序号", 0.6, "center"), Column("时间", 1.4, "center"), Column("项目", 2.4), Column("单位", 2),
        Column("汇报人", 1),
    ]  # fmt: skip
    order = [[one[name] for name in ("number", "time", "title", "parties", "presenter")] for one in data["entries"]]
    blocks: list[Any] = [
        Grid([[_label(name), Cell(text)] for name, text in told], 2, (1, 5)),
        Head("一、项目顺序"),
        Rows(columns, order),
    ]
    if data["criteria"]:
        blocks += [Head("二、评分标准"), _criteria(data)]
    blocks += [
        Head("三、会场纪律" if data["criteria"] else "二、会场纪律"),
        *(Text(line) for line in RULES_OF_THE_ROOM),
    ]
    return _paper(data, Layout.PLAIN, f"{data['session']}\n评审手册（{data['panel']}）", blocks)


def promise(data: Data) -> Paper:
    """9 评审专家承诺书 / 回避申报表, to be signed by hand."""
    known = [
        [Cell(str(number)), Cell(one["title"]), Cell(one["fact"])] for number, one in enumerate(data["recusals"], 1)
    ]
    heads = [_label(word) for word in ("序号", "需回避项目", "事由")]
    blocks = [
        Grid(
            [
                [_label("姓名"), Cell(data["name"]), _label("单位及职务"), Cell(data["unit"])],
                [_label("评审会"), Cell(f"{data['session']}（{data['days']}）", 3)],
            ],
            4,
            (1, 1.4, 1.2, 2.4),
        ),
        Text(data["text"]),
        Text("回避申报", indent=False, align="center"),
        Grid([heads, *known, *([Cell(), Cell(), Cell()] for _blank in range(3))], 3, (0.6, 2.2, 3.2)),
        Text("　"),
        Text("签字：　　　　　　　　　　　　年　　月　　日", indent=False, align="right"),
    ]
    return _paper(data, Layout.FORM, "评审专家承诺书", blocks, inside=False)


def score_sheets(data: Data) -> Paper:
    """10 评分表: one page a judge and entry; it says so where the judge is recused."""
    blocks: list[Any] = []
    title = f"{data['session']}\n{SHEET}"
    for place, sheet in enumerate(data["sheets"]):
        blocks += [NewSheet(title)] if place else []
        blocks += _sheet(data, sheet)
    return _paper(data, Layout.FORM, title, blocks, inside=False)


def _sheet(data: Data, sheet: Data) -> list[Any]:
    head = Grid(
        [
            [_label("评审组"), Cell(sheet["panel"]), _label("序号"), Cell(sheet["number"])],
            [_label("项目"), Cell(sheet["title"], 3)],
            [_label("评委"), Cell(sheet["judge"]), _label("日期"), Cell(sheet["day"])],
        ],
        4,
        (1, 2.4, 1, 2.4),
    )
    signed = [Text("　"), Text("评委签字：　　　　　　　　　", indent=False, align="right")]
    if sheet["recused"]:
        return [head, Text("　"), Text("该评委已回避本项目，本表不填写。", indent=False, align="center"), *signed]
    if not data["criteria"]:
        rows = [[_label("意见"), Cell("□通过　　□修改后通过　　□不通过")], [_label("评语"), Cell("", tall=45)]]
        return [head, Grid(rows, 2, (1, 5.8)), *signed]
    heads = [_label(word) for word in ("序号", "评分项", "分值", "档次说明", "得分")]
    lines = [
        [Cell(str(number)), Cell(one["title"]), Cell(one["top"]), Cell(one["anchors"]), Cell()]
        for number, one in enumerate(data["criteria"], 1)
    ]
    total = [Cell("总分", 2, label=True), Cell(data["top"]), Cell(), Cell()]
    grid = Grid([heads, *lines, total], 5, (0.6, 1.9, 0.8, 3.2, 1))
    return [head, grid, Grid([[_label("评语"), Cell("", tall=26)]], 2, (1, 5.8)), *signed]


def score_table(data: Data) -> Paper:
    """11 评分（计票）汇总表: entries by rank, each judge's total, what was dropped, and who signs."""
    columns = [
        Column("序号", 0.6, "center"), Column("项目", 3), *(Column(name, 1, "center") for name in data["judges"]),
        *(Column(name, 1, "center") for name in data["heads"]),
    ]  # fmt: skip
    rows = [[one["number"], one["title"], *one["marks"], *one["figures"]] for one in data["rows"]]
    blocks: list[Any] = [
        Text(f"时间：{data['days']}　　地点：{data['venue']}　　计分规则：{data['rule']}", indent=False),
        Rows(columns, rows),
        Text(f"“回避”表示该评委已回避，“—”表示未计。{data['remark']}", indent=False),
        Signatures(
            [
                f"计分人（{data['counter'].strip() or '　　　'}）",
                "复核人",
                f"监督人（{data['supervisor'].strip() or '　　　'}）",
            ]
        ),
    ]
    if data["judges"]:
        blocks += [Text("评委签字：", indent=False), Signatures(data["judges"])]
    return _paper(data, Layout.TABLE, f"{data['session']}\n{data['panel']}{data['name']}", blocks)


def minutes(data: Data) -> Paper:
    """13 评审会纪要, as a draft for the office."""
    facts = [
        ("时间", data["days"]), ("地点", data["venue"]), ("主持", data["chairs"]), ("评委", "、".join(data["judges"])),
        ("计分", data["counter"]), ("监督", data["supervisor"]),
    ]  # fmt: skip
    recused = "；".join(data["recusals"])
    blocks: list[Any] = [
        Head("一、评审方式"), Text(data["way"]),
        Head("二、回避情况"), Text(f"{recused}。" if recused else "本次评审无人回避。"),
        Head("三、评审结果"), *(Text(one) for one in data["results"] or ["尚未公布评审结果。"]),
    ]  # fmt: skip
    if data["corrections"]:
        blocks += [Head("四、改分情况"), Text("；".join(data["corrections"]) + "。")]
    return _paper(data, Layout.MINUTES, f"{data['session']}纪要", blocks, facts=facts)
