"""How complete a closing file is, out of 100, and what is missing: sections, figures, pictures, account, answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

SECTIONS = (
    ("background", "项目背景"), ("goal", "项目目标"), ("method", "具体工作方法"), ("effect", "实施成效"),
    ("experience", "经验总结"), ("money", "经费使用"),
)  # fmt: skip
"""The six sections every closing file has (A05); a round may add more."""
SHORTEST = 20
"""Signs a section has at least: a heading alone is no text."""
PHOTOS = 3


@dataclass(frozen=True)
class Item:
    """One thing a closing file shows, whether it is there, and the sentence when it is not."""

    code: str
    title: str
    done: bool
    missing: str = ""


@dataclass(frozen=True)
class Whole:
    """All items of a file."""

    items: Sequence[Item]

    @property
    def score(self) -> int:
        """Parts that are there, in per cent, rounded down: 100 only when nothing is missing."""
        return sum(1 for one in self.items if one.done) * 100 // len(self.items) if self.items else 0

    @property
    def missing(self) -> list[Item]:
        """What is still to be added."""
        return [one for one in self.items if not one.done]


def completeness(
    sections: Mapping[str, tuple[str, str]],
    *,
    indicators: int,
    open_indicators: Sequence[str],
    photos: int,
    evidence: Sequence[str],
    has_money: bool,
    unpaid: int,
    answers: int,
) -> Whole:
    """Every item of a file. ``sections``: code → (title, text); ``evidence``: titles of required evidence that is
    missing; ``unpaid``: spending still under way. Pure.
    """
    items = [
        Item(code, title, len(text.strip()) >= SHORTEST, _("Write the section “%(title)s”.") % {"title": title})
        for code, (title, text) in sections.items()
    ]
    figures = bool(indicators) and not open_indicators
    names = "、".join(open_indicators) or "—"
    items.append(Item("indicators", "指标完成表", figures, _("No actual figure yet: %(names)s.") % {"names": names}))
    told = {"count": photos, "least": PHOTOS}
    enough = photos >= PHOTOS
    items.append(Item("photos", "活动照片", enough, _("%(count)s photos; add at least %(least)s.") % told))
    papers = "、".join(evidence)
    items.append(Item("evidence", "佐证材料", not evidence, _("Evidence is missing: %(names)s.") % {"names": papers}))
    if has_money:
        account = _("%(count)s expenditures are not settled yet; the final account waits for them.") % {"count": unpaid}
        items.append(Item("account", "经费决算表", not unpaid, account))
    items.append(Item("satisfaction", "满意度调查", answers > 0, _("No survey on satisfaction was closed yet.")))
    return Whole(items)
