"""The papers 1–7 of documents.md as descriptions of the layout kit: what stands where, in Chinese only."""

from collections.abc import Callable, Mapping
from typing import Any

from linli.kernel import rubric
from linli.kernel.documents import (
    Attachment,
    Cell,
    Column,
    FilledBy,
    Grid,
    Head,
    Imprint,
    Layout,
    Opinion,
    Paper,
    Rows,
    Text,
)

Data = Mapping[str, Any]
EMPTY = "　"
TO_FILL = {"决议": "应到　　实到　　同意　　反对　　弃权　　", "承诺": "承诺时限：　　年　　月　　日"}
"""What the record of a step asks for while it is empty."""


def _label(text: str) -> Cell:
    return Cell(text, label=True)


def _kept(data: Data, layout: Layout, title: str, blocks: list[Any], **more: Any) -> Paper:
    """A paper of the record: its unit, its day, its serial and the code that leads to it."""
    return Paper(
        layout, title, data["office"], data["day"], data["serial"], blocks, inside=True, address=data["address"], **more
    )


def _span(data: Data, opens: str, closes: str) -> str:
    days = [f"{day[:4]}年{int(day[5:7])}月{int(day[8:10])}日" for day in (data[opens], data[closes]) if day]
    return "至".join(days)


def call(data: Data) -> Paper:
    """1 通知（代拟稿）, with its five attachments."""
    text = [
        Text(data["purpose"] or f"为更好服务群众，现就{data['title']}项目申报工作有关事项通知如下。"),
        Head("一、申报范围"),
        Text("、".join(data["communities"]) + "。" + (f"资金来源：{data['source']}。" if data["source"] else "")),
    ]
    words = [("项目类别", "classes"), ("项目方向", "directions"), ("年度主题", "themes")]
    kinds = [f"{word}：{'、'.join(data[name])}。" for word, name in words if data[name]]
    parts: list[tuple[str, list[str]]] = [("类别与主题", kinds)] if kinds else []
    phases = [
        f"（{number}）{phase['name']}" + (f"：{_span(phase, 'opens', 'closes')}" if phase["opens"] else "") + "。"
        for number, phase in enumerate(data["phases"], 1)
    ]
    sealed = ["申报材料在截止前密封，由两人到场登记后一并开启。"] if data["sealed"] else []
    parts += [("额度与条件", ["".join(_conditions(data))]), ("程序与时间", phases + sealed)]
    parts += [("联系人", [data["contact"] or "　　　　　　", *([data["call"]] if data["call"] else [])])]
    for number, (head, lines) in enumerate(parts):
        text += [Head(f"{'二三四五六'[number]}、{head}"), *(Text(line) for line in lines if line)]
    return _kept(
        data, Layout.RED_HEAD, f"关于开展{data['title']}\n项目申报工作的通知", text, addressees="各社区、村党组织",
        attachments=_attached(data), imprint=Imprint("", data["office"]),
    )  # fmt: skip


def _conditions(data: Data) -> list[str]:
    said = []
    if data["cap"]:
        said.append(f"单个项目申请额不超过{data['cap']}。")
    if data["per_proposer"]:
        said.append(f"同一申报主体限报{data['per_proposer']}项。")
    if data["brands"]:
        said.append(f"每个社区品牌项目限{data['brands']}项。")
    if "survey" in data["requires"]:
        said.append(f"申报前须开展需求调研，问卷不少于{data['questionnaires']}份。")
    if "discussions" in data["requires"]:
        said.append("申报前须完成动议、商议、审议、决议和承诺。")
    return said or ["按街道当年规定执行。"]


def _attached(data: Data) -> list[Attachment]:
    uses = [Text(f"{number}. {use['title']}（{use['clause']}）。") for number, use in enumerate(data["uses"], 1)]
    blank = data["blank"]
    return [
        Attachment("实施方案", plan_blocks(data)),
        Attachment("项目申报书", form_blocks(blank)),
        Attachment("申报汇总表", summary_blocks({**data, "rows": [[EMPTY] * 12] * 3, "totals": None}), across=True),
        Attachment("资金使用负面清单", uses),
        Attachment("评分细则", [_criteria()]),
    ]


def _criteria() -> Rows:
    """The criteria that ship; a review may change them before it starts."""
    columns = [Column("评分项", 2), Column("分值", 0.8, "center"), Column("档次说明", 4)]
    rows = [
        [one.title, f"{one.top.normalize():f}",
         "；".join(f"{a.least.normalize():f}–{a.most.normalize():f} {a.label}" for a in one.anchors)]
        for one in rubric.sample("pitch_review")
    ]  # fmt: skip
    return Rows(columns, rows, caption="路演评审参考标准，以评审会确定的为准")


def plan_blocks(data: Data) -> list[Any]:
    """2 实施方案."""
    source = f"资金来源：{data['source']}。" if data["source"] else ""
    cap = f"单个项目申请额不超过{data['cap']}。" if data["cap"] else ""
    opened = "申报材料密封，由两人到场登记后一并开启。" if data["sealed"] else ""
    columns = [Column("序号", 0.6, "center"), Column("阶段", 2), Column("起止", 3, "center")]
    steps = [[number, one["name"], _span(one, "opens", "closes")] for number, one in enumerate(data["phases"], 1)]
    return [
        Head("一、指导思想"), Text(f"坚持党建引领、群众需求导向，项目从居民中来，由居民评价。{data['purpose']}"),
        Head("二、工作方式"), Text(f"本轮采用“{data['kind']}”方式。{data['lead']}"),
        Head("三、组织领导"), Text(f"由{data['office']}统筹，社区组织申报，科室按职责审核。"),
        Head("四、资金来源与标准"), Text(f"{source}{cap}资金专款专用，负面清单所列用途不予支持。"),
        Head("五、步骤（倒排时间表）"), Rows(columns, steps),
        Head("六、监督"), Text(f"{opened}审核意见逐科室留痕，结果公示，接受群众监督。"),
        Head("七、保障"), Text("支持机构对申报进行辅导；不会使用手机和电脑的居民，由社区代为录入。"),
    ]  # fmt: skip


def plan(data: Data) -> Paper:
    """2 实施方案 on its own, as a draft."""
    return _kept(data, Layout.RED_HEAD, f"{data['title']}\n实施方案", plan_blocks(data))


def _about(data: Data, *pairs: tuple[str, str]) -> Grid:
    """The head of a form: the title over the whole width, then pairs of label and value."""
    rows = [[_label("项目名称"), Cell(data["title"], 3)]]
    for first, second in zip(pairs[::2], pairs[1::2], strict=True):
        rows.append([_label(first[0]), Cell(first[1]), _label(second[0]), Cell(second[1])])
    return Grid(rows, 4, (1.1, 2.2, 1.1, 2.2))


def _told_by(*pairs: tuple[str, str]) -> Grid:
    """Label and text, line by line."""
    return Grid([[_label(name), Cell(text)] for name, text in pairs], 2, (1, 5))


def survey(data: Data) -> Paper:
    """3 需求调研（问需）表."""
    columns = [
        Column("方式", 1.7), Column("日期", 1.4, "center"), Column("份数", 0.7, "center"), Column("问题与结果", 3),
        Column("需求人数", 0.9, "center"),
    ]  # fmt: skip
    blank = [["座谈□ 入户□\n问卷□ 12345□", "", "", "", ""]] * 3
    blocks = [
        _about(data, ("社区", data["place"]), ("编号", data["number"])),
        Rows(columns, data["surveys"] or blank),
        Grid(
            [[_label("主要需求\n排序"), Cell("", tall=45)], [_label("附件号"), Cell("", tall=14)]], 2, (1, 5)
        ),
        FilledBy(data["place"]),
    ]  # fmt: skip
    return _kept(data, Layout.FORM, "需求调研（问需）表", blocks)


def discussions(data: Data) -> Paper:
    """4 四议一承诺记录."""
    rows = [[_label(word) for word in ("步骤", "日期", "参加人", "记录")]]
    rows += [
        [_label(one["name"]), Cell(_day(one["day"])), Cell(one["people"]), Cell(_told(one), tall=32)]
        for one in data["discussions"]
    ]
    blocks = [
        _about(data, ("社区", data["place"]), ("编号", data["number"])),
        Grid(rows, 4, (0.8, 1.5, 1.6, 4.4)),
        Grid(
            [
                [
                    _label("社区党组织负责人\n（签字、盖章）"),
                    Cell("", tall=20),
                    _label("居民代表\n（签字）"),
                    Cell("", tall=20),
                ]
            ],
            4,
            (1.8, 2, 1.2, 2),
        ),
    ]
    return _kept(data, Layout.FORM, "四议一承诺记录", blocks)


def _day(text: str) -> str:
    return f"{text[:4]}年{int(text[5:7])}月{int(text[8:10])}日" if text else ""


def _told(one: Data) -> str:
    votes = one["votes"] or (
        "应到　　实到　　同意　　反对　　弃权　　" if one["name"] == "决议" and not one["day"] else ""
    )
    until = f"承诺时限：{_day(one['until'])}" if one["until"] else ""
    if one["name"] == "承诺" and not one["day"]:
        until = "承诺时限：　　年　　月　　日"
    return "\n".join(line for line in (one["minutes"], votes, until) if line)


def form_blocks(data: Data) -> list[Any]:
    """5 项目申报书."""
    direction = "／".join(one for one in (data["direction"], data["theme"]) if one)
    when = "至".join(_day(day) for day in (data["starts"], data["ends"]) if day)
    head = _about(
        data, ("类别", data["category"]), ("方向／主题", direction), ("实施主体\n类型", data["provider"]),
        ("资金代管", data["holder"]), ("负责人", data["contact"]), ("电话", data["phone"]), ("实施地点", data["site"]),
        ("起止", when),
    )  # fmt: skip
    proposers = [_label("申报主体"), Cell("、".join(data["proposers"]), 3)]
    head = Grid([head.rows[0], proposers, *head.rows[1:]], 4, head.widths)
    people = f"（{data['beneficiary_count']}人）" if data["beneficiary_count"] else ""
    told = [
        ("背景与需求", data["background"]), ("目标", data["goal"]), ("受益人群", f"{data['beneficiaries']}{people}"),
        ("内容与步骤", data["steps"]), ("党组织作用\n和参与力量", data["party_role"]),
    ]  # fmt: skip
    indicators = [
        Column("指标", 3), Column("基线", 1, "center"), Column("目标", 1, "center"), Column("单位", 0.8, "center"),
        Column("期限", 1.4, "center"),
    ]  # fmt: skip
    lines = [
        Column("科目", 1.2), Column("事项", 1.6), Column("单价", 1.3, "right"), Column("数量", 0.9, "right"),
        Column("金额", 1.3, "right"), Column("来源", 0.9, "center"), Column("测算", 1.6),
    ]  # fmt: skip
    share = f"申请{data['asked']}，自筹{data['own']}" if data["asked"] else ""
    return [
        head,
        _told_by(*told),
        Rows(indicators, data["indicators"] or [[EMPTY] * 5] * 3, caption="指标"),
        Rows(
            lines, data["lines"] or [[EMPTY] * 7] * 5, total=["合计", "", "", "", data["total"], "", share],
            caption="预算明细",
        ),
        Text(f"申请额（大写）：{data['asked_words']}", indent=False),
        _told_by(("风险与应对", data["risks"]), ("可持续", data["sustainability"])),
        Opinion("社区\n意见"),
        Opinion("街道\n意见"),
    ]  # fmt: skip


def form(data: Data) -> Paper:
    """5 项目申报书."""
    return _kept(data, Layout.FORM, "项目申报书", form_blocks(data))


def summary_blocks(data: Data) -> list[Any]:
    """6 申报汇总表: the line of who filled it in, and the rows."""
    widths = (0.6, 1.2, 2.4, 1.1, 2, 0.9, 1.4, 1.4, 1.3, 1.4, 0.9, 1.7)
    sides = ("center", "left", "left", "left", "left", "right", "right", "right", "right", "center", "center", "left")
    names = zip(data["headings"], widths, sides, strict=True)
    columns = [Column(name, width, side) for name, width, side in names]
    return [FilledBy(data["office"]), Rows(columns, data["rows"], total=data["totals"])]


def summary(data: Data) -> Paper:
    """6 申报汇总表."""
    return _kept(data, Layout.TABLE, f"{data['title']}申报汇总表", summary_blocks(data))


def check(data: Data) -> Paper:
    """7 初审／联审意见表: a head and the views of each check; an empty one where nothing was checked."""
    empty = {
        "title": "", "serial": "", "place": "", "stage": "初审□　联审□", "asked": "",
        "views": [["", "通过□\n修改□\n不予□", "", ""]] * 4,
    }  # fmt: skip
    names = {"单位": "place", "编号": "serial", "环节": "stage", "申请额": "asked"}
    heads = [_label(word) for word in ("科室", "意见", "理由／条款", "审定额", "签字")]
    blocks: list[Any] = []
    for group in data["groups"] or [empty]:
        views = [[*(Cell(text, tall=13) for text in view), Cell("", tall=13)] for view in group["views"]]
        blocks += [
            _about(group, *((word, group[name]) for word, name in names.items())),
            Grid([heads, *views], 5, (1.9, 0.9, 2.6, 1.3, 1.3)),
            Text(EMPTY),
        ]
    return _kept(data, Layout.FORM, "审核意见表", blocks)


PAPERS: dict[str, Callable[[Data], Paper]] = {
    "call": call, "plan": plan, "survey": survey, "discussions": discussions, "form": form, "summary": summary,
    "check": check,
}  # fmt: skip
