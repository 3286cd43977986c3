"""The workbook people fill in: headings with notes, an example row, lists of choices, a page of explanations."""

import io
from typing import Any

from linli.kernel.tables.declared import Column, Sheet, Type
from linli.kernel.tables.reasons import letter
from linli.kernel.tables.writing import sheet_title

EXAMPLE = "示例"
"""Rows whose first cell begins with this word are skipped when the sheet is read."""
ROWS = 5_000
LONGEST_LIST = 250
WORDS = {
    Type.TEXT: "文字", Type.WHOLE: "整数", Type.DECIMAL: "数字", Type.DATE: "日期，如 2026-03-05",
    Type.MOMENT: "日期和时间，如 2026-03-05 14:30", Type.YES_NO: "是或否", Type.CHOICE: "从列表中选择",
}  # fmt: skip
OF_TYPE = {
    Type.TEXT: "", Type.WHOLE: "1", Type.DECIMAL: "1.50", Type.DATE: "2026-03-05",
    Type.MOMENT: "2026-03-05 14:30", Type.YES_NO: "是", Type.CHOICE: "",
}  # fmt: skip
OPTIONS: dict[str, Any] = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


def template_of(sheet: Sheet) -> bytes:
    """The template of a sheet as an xlsx workbook; what it holds is read back by the same declaration."""
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, OPTIONS) as book:
        page = book.add_worksheet(sheet_title(sheet.title))
        notes = book.add_worksheet("填写说明")
        lists = book.add_worksheet("选项")
        lists.hide()
        head = book.add_format({"bold": True, "bg_color": "#E8EEF7", "border": 1, "text_wrap": True})
        text = book.add_format({"num_format": "@"})
        grey = book.add_format({"italic": True, "font_color": "#6B7280", "num_format": "@"})
        page.freeze_panes(1, 0)
        for index, column in enumerate(sheet.columns):
            page.set_column(index, index, _width(column), text if column.type is Type.TEXT else None)
            page.write_string(0, index, heading(column), head)
            page.write_comment(0, index, explanation(column), {"author": "", "x_scale": 1.6})
            shown = example(column)
            page.write_string(1, index, f"{EXAMPLE}：{shown}" if index == 0 else shown, grey)
            _offer(page, lists, index, column)
        _explain(notes, sheet, head)
    return out.getvalue()


def heading(column: Column) -> str:
    """The heading as the template shows it: required columns carry a star."""
    return f"{column.title}*" if column.required else column.title


def explanation(column: Column) -> str:
    """What to enter, in one line."""
    parts = [WORDS[column.type], "必填" if column.required else "选填"]
    if column.type is Type.TEXT:
        parts.append(f"不超过 {column.max_length} 字")
    if column.choices:
        parts.append("可选：" + "、".join(shown for _stored, shown in column.choices[:30]))
    if column.note:
        parts.append(column.note)
    return "；".join(parts)


def example(column: Column) -> str:
    """The declared example, else one by type."""
    return column.example or (column.choices[0][1] if column.choices else OF_TYPE[column.type])


def _width(column: Column) -> int:
    return max(10, min(40, 2 * len(column.title) + 4, 40))


def _offer(page: Any, lists: Any, index: int, column: Column) -> None:
    """A list to choose from: written out when it is short, else on the hidden page."""
    shown = [word for _stored, word in column.choices] or (["是", "否"] if column.type is Type.YES_NO else [])
    if not shown:
        return
    source: Any = shown
    if sum(len(word) + 1 for word in shown) > LONGEST_LIST or any("," in word for word in shown):
        for row, word in enumerate(shown):
            lists.write_string(row, index, word)
        source = f"=选项!${letter(index)}$1:${letter(index)}${len(shown)}"
    page.data_validation(
        1,
        index,
        ROWS,
        index,
        {
            "validate": "list",
            "source": source,
            "error_title": "请从列表中选择",
            "error_message": "这一列只能填列表中的内容。",
            "error_type": "warning",
        },
    )


def _explain(notes: Any, sheet: Sheet, head: Any) -> None:
    notes.set_column(0, 0, 20)
    notes.set_column(1, 1, 90)
    notes.write_string(0, 0, "栏目", head)
    notes.write_string(0, 1, "怎样填", head)
    for row, column in enumerate(sheet.columns, start=1):
        notes.write_string(row, 0, heading(column))
        notes.write_string(row, 1, explanation(column))
    keys = sheet.known_by or "、".join(sheet.column(key).title for key in sheet.key)
    row = len(sheet.columns) + 2
    notes.write_string(row, 0, "说明")
    notes.write_string(row, 1, f"按“{keys}”识别同一条记录：再次导入时更新，不会重复。以“示例”开头的行不会导入。")
