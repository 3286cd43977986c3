"""Personal data that leave the house in a file: asked why, on record, marked with who took them, when and what for.

Whatever writes a table or a paper asks :func:`mark_for` before it writes. Around a page that somebody opens stands
:func:`taking`; jobs and commands are asked nothing, they hand files to nobody.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.kernel import audit
from linli.kernel.errors import Refusal
from linli.kernel.privacy.sealed import SHORTEST_REASON
from linli.kernel.scope.actors import Actor

audit.register_action(
    "privacy.file.take",
    _("took a file with personal data"),
    words={"title": _("file"), "columns": _("columns"), "reason": _("reason"), "page": _("page")},
)

PERSONAL_COLUMNS = frozenset({
    "姓名", "用户名", "年龄", "出生日期", "身份证号", "证件号", "证件号码", "住处", "住址", "家庭住址",
    "与户主关系", "户主", "手机", "手机号", "座机", "联系电话", "账号及开户行", "移交人", "接收人", "监交人",
    "谁的信息", "诉求人", "来电人", "领取人", "志愿者", "电话后四位",
})  # fmt: skip
"""Headings of columns that tell of a natural person: a table with one of them leaves only with a reason."""


class ReasonWanted(Exception):
    """A file with personal data is about to leave, and nobody has said what for yet."""

    def __init__(self, title: str, columns: tuple[str, ...]) -> None:
        super().__init__(title)
        self.title = title
        self.columns = columns


@dataclass
class _Taking:
    actor: Callable[[], Actor | None]
    who: Callable[[], str]
    page: str
    reason: str
    told: set[str] = field(default_factory=set)


_taking: ContextVar[_Taking | None] = ContextVar("taking", default=None)


@contextmanager
def taking(actor: Callable[[], Actor | None], who: Callable[[], str], *, page: str, reason: str) -> Iterator[None]:
    """Files made inside go to ``actor``, called ``who``, for ``reason`` ("": not said yet)."""
    token = _taking.set(_Taking(actor, who, page, reason.strip()))
    try:
        yield
    finally:
        _taking.reset(token)


def personal(headings: Iterable[str]) -> tuple[str, ...]:
    """Those of the headings that tell of a natural person; a remark in brackets does not count."""
    return tuple(one for one in map(str, headings) if one.split("（")[0].strip() in PERSONAL_COLUMNS)


def mark_for(title: str, headings: Iterable[str]) -> str:
    """What the file is marked with; "" where nothing of it is personal, or it goes to nobody.

    Leaves a row in the record, once a file. Raises ReasonWanted where nobody has said what for, and Refusal where
    what was said is too short.
    """
    columns, now = personal(headings), _taking.get()
    if now is None or not columns:
        return ""
    if not now.reason:
        raise ReasonWanted(title, columns)
    if len(now.reason) < SHORTEST_REASON:
        raise Refusal(
            _("Say in a few words what you need it for (at least four characters)."),
            code="reason-missing",
            field="reason",
        )
    if title not in now.told:
        now.told.add(title)
        facts = {"title": title, "columns": "、".join(columns), "reason": now.reason, "page": now.page}
        with transaction.atomic():
            audit.record("privacy.file.take", None, actor=now.actor(), facts=facts)
    return f"含个人信息 {now.who()} {timezone.localtime():%Y-%m-%d %H:%M} 用途：{now.reason}"
