"""Draws the Word templates of public notices and agreements, with the layout of ``tools/draw_papers.py``.

``python tools/draw_money_papers.py`` writes each template into the folder ``data/papers`` of the app that owns it.
"""

import sys
from pathlib import Path
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tools.draw_papers import APPS, CENTRE, HEITI, TWO, XIAOBIAO, element, grid_table, line, official

RIGHT = WD_ALIGN_PARAGRAPH.RIGHT


def signed(document: Any, *texts: str) -> None:
    """Who gives it and when, four characters in from the right, under two empty lines."""
    for text in ("", "", *texts):
        paragraph = line(document, text, align=RIGHT)
        paragraph._p.get_or_add_pPr().append(element("ind", rightChars=400, right=1280))  # noqa: SLF001  # no public way


def headed(document: Any, head: str, *bodies: str) -> None:
    """A first-level head and its paragraphs."""
    line(document, head, indent=2, face=HEITI).paragraph_format.keep_with_next = True
    for body in bodies:
        line(document, body, indent=2)


def notice() -> Any:
    """公示 (documents 14): title, text, list, period, office, unit."""
    document = official()
    line(document, "{{ title }}", align=CENTRE, face=XIAOBIAO, size=TWO)
    line(document)
    line(document, "{{ body }}", indent=2)
    line(document, "{%p if has_lines %}")
    grid_table(
        document,
        [("序号", 12), ("单位", 30), ("项目（事项）", 44), ("实施主体", 42), ("金额（元）", 28)],
        "{%tr for line in lines %}",
        ["{{ line.number }}", "{{ line.unit }}", "{{ line.project }}", "{{ line.bearer }}", "{{ line.amount }}"],
    )
    line(document, "{%p endif %}")
    line(document, "{%p if has_total %}")
    line(document, "合计：{{ total|yuan }}（大写：{{ total|capitals }}）。", indent=2)
    line(document, "{%p endif %}")
    line(document, "{%p if opens %}")
    line(document, "公示期限：{{ opens|day }}至{{ last_day|day }}（{{ days }}个工作日）。", indent=2)
    line(document, "{%p else %}")
    line(document, "公示期限：自发布次日起{{ days }}个工作日。", indent=2)
    line(document, "{%p endif %}")
    line(document, "公示期内如有异议，可通过来电、来信、来访等方式反映，可以实名，也可以不署名。", indent=2)
    for text in (
        "受理单位：{{ office }}",
        "监督电话：{{ phones }}",
        "地　　址：{{ address }}",
        "电子邮箱：{{ email }}",
    ):
        line(document, text, indent=2)
    signed(document, "{{ unit }}", "{{ date|day }}")
    return document


def report() -> Any:
    """公示情况说明 (documents 14)."""
    document = official()
    line(document, "公示情况说明", align=CENTRE, face=XIAOBIAO, size=TWO)
    line(document)
    line(document, "根据有关规定，{{ unit }}对《{{ title }}》的内容进行了公示，现将有关情况说明如下。", indent=2)
    headed(
        document,
        "一、公示情况",
        "公示期限为{{ opens|day }}至{{ last_day|day }}，共{{ days }}个工作日。"
        "受理单位为{{ office }}，监督电话为{{ phones }}。",
        "张贴照片{{ photo_count }}张{% for photo in photos %}；{{ photo.place }}"
        "（{{ photo.moment }}，{{ photo.day|day }}）{% endfor %}。",
    )
    headed(document, "二、异议及处理情况", "公示期内共收到异议{{ count }}件，其中异议成立{{ upheld }}件。")
    line(document, "{%p if count %}")
    grid_table(
        document,
        [("序号", 12), ("收到日期", 32), ("途径", 24), ("答复", 56), ("处理结果", 32)],
        "{%tr for one in objections %}",
        ["{{ one.number }}", "{{ one.day|day }}", "{{ one.way }}", "{{ one.answer }}", "{{ one.consequence }}"],
    )
    line(document, "{%p endif %}")
    line(document, "三、结论", indent=2, face=HEITI)
    line(document, "{%p if upheld %}")
    line(document, "异议成立的事项已退回原决定程序重新研究，其余公示内容无变化。", indent=2)
    line(document, "{%p else %}")
    line(document, "公示程序符合要求，公示内容可以执行。", indent=2)
    line(document, "{%p endif %}")
    signed(document, "{{ unit }}（盖章）", "{{ date|day }}")
    return document


def party(document: Any, word: str, field: str) -> None:
    """One party with its name and credit code."""
    line(document, f"{word}：{{{{ {field}_name }}}}")
    line(document, f"统一社会信用代码：{{{{ {field}_code }}}}")


def paid(document: Any) -> None:
    """How much, in words too, and how it is paid."""
    headed(document, "项目经费", "本项目经费为人民币{{ amount|yuan }}（大写：{{ amount|capitals }}），采用{{ mode }}。")
    line(document, "{%p if reimburse %}")
    line(document, "乙方按预算实施，凭合规票据和佐证材料向甲方报账，经审核后由财政支付。", indent=2)
    line(document, "{%p else %}")
    line(document, "{%p for part in parts %}")
    line(
        document,
        "第{{ part.number }}期：{{ part.share }}%，即人民币{{ part.amount|yuan }}，拨付条件为{{ part.condition }}；",
        indent=2,
    )
    line(document, "{%p endfor %}")
    line(document, "{%p endif %}")


def agreement() -> Any:
    """项目协议书 (documents 16), two or three parties; a street changes it in Word and uploads it as its own."""
    document = official()
    line(document, "编号：{{ number }}", align=RIGHT)
    line(document)
    line(document, "{{ title }}", align=CENTRE, face=XIAOBIAO, size=TWO)
    line(document, "项目协议书", align=CENTRE, face=XIAOBIAO, size=TWO)
    line(document)
    party(document, "甲方", "first")
    party(document, "乙方", "second")
    line(document, "{%p if has_third %}")
    party(document, "丙方", "third")
    line(document, "{%p endif %}")
    line(document)
    line(
        document,
        "为做好“{{ title }}”项目的实施，各方在平等自愿的基础上，经协商一致，订立本协议。",
        indent=2,
    )
    headed(document, "项目内容", "{{ content }}", "实施期限：{{ begins_on|day }}至{{ ends_on|day }}。")
    line(document, "{%p if has_indicators %}")
    line(document, "绩效指标", indent=2, face=HEITI)
    grid_table(
        document,
        [("序号", 12), ("指标", 60), ("目标值", 28), ("单位", 20), ("完成时限", 36)],
        "{%tr for row in indicators %}",
        ["{{ row.number }}", "{{ row.name }}", "{{ row.target }}", "{{ row.unit }}", "{{ row.due }}"],
    )
    line(document, "{%p endif %}")
    paid(document)
    line(document, "{%p for clause in clauses %}")
    headed(document, "{{ clause.title }}", "{{ clause.text }}")
    line(document, "{%p endfor %}")
    line(document)
    for word, field in (("甲方", "first"), ("乙方", "second")):
        seal(document, word, field)
    line(document, "{%p if has_third %}")
    seal(document, "丙方", "third")
    line(document, "{%p endif %}")
    return document


def seal(document: Any, word: str, field: str) -> None:
    """Room for seal, hand and day of one party."""
    line(document, f"{word}（盖章）：{{{{ {field}_name }}}}").paragraph_format.keep_with_next = True
    line(document, "法定代表人或授权代表（签字）：").paragraph_format.keep_with_next = True
    line(document, "　　　　年　　月　　日")
    line(document)


PAPERS = {"publicity": {"notice": notice, "report": report}, "agreements": {"agreement": agreement}}


def main() -> None:
    """Write every template."""
    for app, papers in PAPERS.items():
        folder = APPS / app / "data" / "papers"
        folder.mkdir(parents=True, exist_ok=True)
        for name, draw in papers.items():
            draw().save(str(folder / f"{name}.docx"))


if __name__ == "__main__":
    main()
