"""What a paper consists of, as plain data: the same description becomes PDF and Word.

The keys are those of the catalogue of papers: R red-head draft, M minutes, N public notice, T table A4 across,
F form A4 upright, D plain paper.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from linli.kernel.money import format_yuan, in_capitals


class Layout(StrEnum):
    """How a paper looks (GB/T 9704-2012, and office practice for tables and forms)."""

    RED_HEAD = "R"
    MINUTES = "M"
    NOTICE = "N"
    TABLE = "T"
    FORM = "F"
    PLAIN = "D"


BESIDE_CODE = 5
"""Characters of a title that have no room where a code stands in the corner."""


@dataclass(frozen=True)
class Head:
    """A heading in the text: level 1 「一、」黑体, 2 「（一）」楷体, 3 「1.」仿宋 bold. Its number is in the text."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Text:
    """A paragraph, two characters in; ``indent=False`` begins at the edge, ``align`` is left, center or right."""

    text: str
    indent: bool = True
    align: str = "left"


@dataclass(frozen=True)
class Column:
    """A column of a table: heading, relative width, and how its cells stand (left, center, right)."""

    title: str
    width: float = 1
    align: str = "left"


@dataclass(frozen=True)
class Rows:
    """A table whose head repeats on every page. ``total`` is the row 合计; ``caption`` stands above."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[Any]]
    total: Sequence[Any] | None = None
    caption: str = ""


@dataclass(frozen=True)
class Cell:
    """A cell of a form: ``span`` columns wide, ``tall`` millimetres at least; a ``label`` is set in 黑体, centred."""

    text: str = ""
    span: int = 1
    label: bool = False
    tall: float = 10


@dataclass(frozen=True)
class Grid:
    """The grid of a form: rows of cells that each span ``columns`` in all; ``widths`` are relative."""

    rows: Sequence[Sequence[Cell]]
    columns: int
    widths: Sequence[float] = ()


@dataclass(frozen=True)
class Opinion:
    """意见栏: who gives it, what was said (empty: room to write), and the line 签字 盖章 年 月 日."""

    title: str
    text: str = ""
    signs: str = "负责人（签字）："
    seal: str = "（盖章）"
    tall: float = 38


@dataclass(frozen=True)
class Signatures:
    """A line of people who sign: 计分人、复核人、监督人."""

    who: Sequence[str]


@dataclass(frozen=True)
class FilledBy:
    """填报单位（盖章）, 填报人, 审核人, 联系电话, 填报日期: the line of every table that is handed in."""

    unit: str = ""
    person: str = ""
    checker: str = ""
    phone: str = ""
    day: date | None = None


@dataclass(frozen=True)
class NewSheet:
    """The next page begins, under a title of its own: many sheets of one kind in one file."""

    title: str


Block = Head | Text | Rows | Grid | Opinion | Signatures | FilledBy | NewSheet


@dataclass(frozen=True)
class Attachment:
    """附件: on a new page, headed 「附件1」; ``across`` turns the sheet."""

    title: str
    blocks: Sequence[Block]
    across: bool = False


@dataclass(frozen=True)
class Imprint:
    """版记: who receives copies, who prints."""

    copies_to: str = ""
    printed_by: str = ""


def balanced(title: str, *, room: int) -> str:
    """A title in lines of about one length, broken between words; one with line ends of its own stays as it is."""
    if "\n" in title or len(title) <= room:
        return title
    import rjieba

    ends, at = [], 0
    for word in rjieba.cut(title)[:-1]:
        at += len(word)
        ends.append(at)
    middle = (len(title) + 1) / 2
    best = min(ends, key=lambda end: abs(end - middle), default=0)
    return f"{title[:best]}\n{title[best:]}" if best else title


@dataclass(frozen=True)
class Paper:
    """One official paper.

    ``unit`` issues it, ``day`` dates it, ``serial`` is its number in this house (街道-年份-序号). ``mark`` is the
    office's word of its numbers (清街发); number and seal stay blank. ``facts`` are the lines 时间, 地点 … of minutes.
    ``address`` is the page of the record: a QR code to it is drawn only where ``inside`` says that the paper stays
    in the office.
    """

    layout: Layout
    title: str
    unit: str
    day: date | None
    serial: str
    blocks: Sequence[Block] = ()
    addressees: str = ""
    mark: str = ""
    head: str = ""
    facts: Sequence[tuple[str, str]] = ()
    attachments: Sequence[Attachment] = ()
    contact: str = ""
    imprint: Imprint | None = None
    inside: bool = False
    address: str = ""
    seal_line: bool = field(default=True)

    @property
    def name(self) -> str:
        """What a file of it is called, without its suffix."""
        draft = "（代拟稿）" if self.layout in (Layout.RED_HEAD, Layout.MINUTES) else ""
        return "".join(sign for sign in f"{self.title}{draft}" if sign not in '\\/:*?"<>|\n')[:80]

    @property
    def heading(self) -> str:
        """The title in balanced lines, shorter ones beside a code."""
        room = 34 if self.layout == Layout.TABLE else 20
        return balanced(self.title, room=room - BESIDE_CODE if self.has_code else room)

    @property
    def has_code(self) -> bool:
        """Whether a QR code to the record is drawn."""
        return self.inside and bool(self.address)


def yuan_in_capitals(amount: Decimal) -> str:
    """人民币壹万贰仟元整（¥12,000.00）: money as a paper that is signed says it."""
    return f"人民币{in_capitals(amount)}（{format_yuan(amount)}）"


def shown(value: Any) -> str:
    """A cell's value as a paper shows it: money with two decimals, days as 2026年3月1日, nothing for None."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Decimal):
        return f"{value:,.2f}"
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    return str(value)
