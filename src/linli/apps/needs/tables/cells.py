"""One cell of an export: moments in the orders platforms write, yes and no in the words of a call-back, limits."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_noop

from linli.apps.needs.tables.dispatch import CONTENT_WORDS
from linli.kernel.tables import add_reason
from linli.kernel.tables.cells import Bad, as_text, parser
from linli.kernel.tables.declared import Column, Type

add_reason(
    "day-order", gettext_noop("is a day that can be read two ways; say above whether the day or the month stands first")
)
add_reason("not-a-limit", gettext_noop("is not a limit such as 24小时 or 7天"))

_SLASHED = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})(?:[ T]+(.*))?")
_LIMIT = re.compile(r"(\d{1,4})个?(小时|工作时|时|h|工作日|自然日|日|天|d)(?:内)?(?:办结|办理|答复)?", re.IGNORECASE)
_YES = frozenset(["已联系", "联系", "响应", "已响应", "已解决", "解决", "已吹哨", "已退单", "退单", "已剔除", "剔除"])
_NO = frozenset(["未联系", "未响应", "无响应", "未解决", "没解决", "部分解决", "未吹哨", "未退单", "未剔除", "不剔除"])
_NOTHING = frozenset(("", *["-", "--", "—", "/", "无法联系", "未评价", "未回访", "待回访", "拒访", "无法回访", "暂无"]))


class DayOrder(Enum):
    """How a column writes days whose year stands last."""

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"
    UNTOLD = "untold"


@dataclass(frozen=True)
class Limit:
    """A limit as the ticket words it: whole hours, or whole days (working ones where the ticket says so)."""

    number: int
    unit: str

    @property
    def code(self) -> str:
        """Short, such as 2h, 24h, 7d, 5w or 4k (working hours)."""
        return f"{self.number}{self.unit}"


def day_order(cells: Iterable[Any]) -> DayOrder:
    """What the whole column tells of its days; UNTOLD where every one of them could be read both ways."""
    firsts, seconds = set(), set()
    for cell in cells:
        match = _SLASHED.fullmatch(_plain(cell)) if isinstance(cell, str) else None
        if match:
            firsts.add(int(match[1]))
            seconds.add(int(match[2]))
    if any(number > 12 for number in firsts):
        return DayOrder.DAY_FIRST
    if any(number > 12 for number in seconds):
        return DayOrder.MONTH_FIRST
    return DayOrder.UNTOLD


def reader_of(column: Column, order: DayOrder = DayOrder.UNTOLD) -> Callable[[Any], Any]:
    """A function from a raw cell to text, a whole number, a moment in UTC, yes, no or None. It raises ``Bad``."""
    plain = parser(column)
    if column.type is Type.MOMENT:
        return lambda raw: _moment(raw, plain, order)
    if column.type is Type.YES_NO:
        return lambda raw: _yes_no(raw, plain)
    return plain


def content_of(text: str) -> str:
    """How content somebody was: satisfied, acceptable, dissatisfied or "". Raises ``Bad`` for another word."""
    word = _plain(text)
    if word in _NOTHING:
        return ""
    if word not in CONTENT_WORDS:
        raise Bad("not-offered", choices="满意、基本满意、不满意")
    return CONTENT_WORDS[word]


def limit_of(text: str) -> Limit | None:
    """The limit in a text such as 「24小时」 or 「7个工作日内办结」; None for an empty one. Raises ``Bad``."""
    word = _plain(text).replace(" ", "")
    if word in _NOTHING:
        return None
    match = _LIMIT.fullmatch(word)
    if not match or int(match[1]) == 0:
        raise Bad("not-a-limit")
    number, unit = int(match[1]), match[2].lower()
    if unit in {"小时", "时", "h"}:
        return Limit(number, "h")
    return Limit(number, {"工作日": "w", "工作时": "k"}.get(unit, "d"))


def _plain(raw: Any) -> str:
    return unicodedata.normalize("NFKC", as_text(raw)).strip()


def _moment(raw: Any, plain: Callable[[Any], Any], order: DayOrder) -> datetime | None:
    match = _SLASHED.fullmatch(_plain(raw)) if isinstance(raw, str) else None
    if match:
        if order is DayOrder.UNTOLD:
            raise Bad("day-order")
        first, second = int(match[1]), int(match[2])
        day, month = (first, second) if order is DayOrder.DAY_FIRST else (second, first)
        raw = f"{match[3]}-{month:02}-{day:02} {match[4] or ''}".strip()
    if isinstance(raw, str) and _plain(raw) in _NOTHING:
        return None
    stored = plain(raw)
    if stored is None:
        return None
    return datetime.strptime(stored, "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC)


def _yes_no(raw: Any, plain: Callable[[Any], Any]) -> bool | None:
    word = _plain(raw)
    if word in _NOTHING:
        return None
    if word in _YES or word in _NO:
        return word in _YES
    found: bool | None = plain(raw)
    return found


def shown_moment(moment: datetime | None) -> str:
    """A moment as the platform writes it, in local time; "" for none."""
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M") if moment else ""
