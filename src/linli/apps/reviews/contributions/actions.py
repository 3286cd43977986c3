"""The names of what is done in a review, as the record tells them; and the figures a street may choose."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.apps.reviews import lifecycle as _lifecycle  # noqa: F401  # registers the verbs of the tables
from linli.apps.reviews.models import ReviewSession
from linli.apps.reviews.services.sessions import CORRECTED
from linli.kernel.audit import Keep, register_action, words_of
from linli.kernel.settings import Declared, declare

REASON, NUMBER, COUNT = _("reason"), _("number"), _("count")
SEAT = {"seat": _("seat")}
RULES = "工作规则第三部分 3.1"
ACTIONS: tuple[tuple[str, Any, dict[str, Any]], ...] = (
    ("session.open", _("opened the review"), {"title": _("title"), "day": _("day")}),
    ("session.correct", _("corrected the review"), words_of(ReviewSession, *CORRECTED)),
    ("session.timetable", _("set the timetable"), {"slots": _("lines")}),
    ("session.undo_move", _("called the last change of the timetable back"), {}),
    ("panel.add", _("added a panel"), {"name": _("name")}),
    ("panel.draw", _("drew the lots"), {"seed": _("seed of the lots"), "order": _("order")}),
    ("panel.cast", _("handed a ballot in"), {"ballot": _("ballot")}),
    ("panel.choose", _("recorded the choice among equals"), {"order": _("order"), "reason": REASON}),
    ("seat.take", _("seated somebody"), {"duty": _("duty")}),
    ("seat.leave", _("ended a seat"), {"duty": _("duty"), "reason": REASON}),
    ("seat.chair", _("named the chair"), {}),
    ("seat.promise", _("signed the promise"), {}),
    ("seat.pins", _("issued PINs for the room"), {"count": _("seats")}),
    ("seat.pin", _("issued another PIN"), {}),
    ("seat.enter", _("entered the room"), {"duty": _("duty")}),
    ("seat.release", _("released the device of a seat"), {"duty": _("duty")}),
    ("seat.fee", _("entered a fee"), {}),
    ("entry.enter", _("entered it for review"), {"title": _("title"), "number": NUMBER}),
    ("entry.assign", _("put it before a panel"), {"title": _("title"), "panel": _("panel")}),
    ("entry.move", _("moved it in the timetable"), {"title": _("title"), "panel": _("panel"), "day": _("day")}),
    ("entry.ask", _("wrote a question down"), {}),
    ("entry.confirm", _("confirmed the count"), {"duty": _("duty")}),
    ("entry.choose", _("recorded the verdict"), {"reason": REASON}),
    ("recusal.derive", _("looked for recusals"), {"found": _("found")}),
    ("recusal.declare", _("declared a recusal"), {"number": NUMBER, "ground": _("ground")}),
    (
        "recusal.decide",
        _("decided on a recusal"),
        {"number": NUMBER, "ground": _("ground"), "state": _("state"), "reason": REASON},
    ),
    ("score_sheet.hand_in", _("handed a sheet in"), {"number": NUMBER, "version": _("version")}),
    ("score_sheet.type", _("typed a sheet from paper"), {"number": NUMBER, "turn": _("typing")}),
    ("score_sheet.settle", _("settled the difference of two typings"), {"number": NUMBER}),
    ("score_sheet.type_again", _("threw two typings away"), {"number": NUMBER}),
    ("score_sheet.scan", _("attached a scan"), {}),
    ("score_sheet.ask_correction", _("asked for a correction"), {"number": NUMBER, "reason": REASON}),
    ("score_sheet.decide_correction", _("decided on a correction"), {"number": NUMBER, "state": _("state")}),
    ("expert.enter", _("entered the expert"), {"specialty": _("specialty")}),
    ("expert.correct", _("corrected the expert"), {"specialty": _("specialty")}),
    ("expert.tie", _("entered a tie"), {"ground": _("ground")}),
    ("expert.untie", _("removed a tie"), {"ground": _("ground")}),
)
FOR_EVER = {"panel.draw", "panel.choose", "entry.confirm", "entry.choose", "recusal.decide", "seat.promise",
            "score_sheet.ask_correction", "score_sheet.decide_correction"}  # fmt: skip
SETTINGS = (
    Declared("reviews.drop_from", _("Marks from which the highest and the lowest are dropped"), int, 5, RULES, "C",
             least=4, most=15, unit="个"),
    Declared("reviews.least_marks", _("Marks an entry needs at least"), int, 3, RULES, "K", least=3, most=15,
             unit="个"),
    Declared("reviews.talk_minutes", _("Minutes to present an entry"), int, 8, RULES, "B/C", least=1, most=60,
             unit="分钟"),
    Declared("reviews.question_minutes", _("Minutes for questions"), int, 7, RULES, "B/C", least=0, most=60,
             unit="分钟"),
    Declared("reviews.leave_years", _("Years for which somebody who left a unit does not judge it"), int, 2,
             "社会组织评估管理办法（转引）；工作规则第11节", "A", least=1, most=10, unit="年"),
)  # fmt: skip


def contribute() -> None:
    """Register every action and setting."""
    for name, title, words in ACTIONS:
        keep = Keep.FOR_EVER if name in FOR_EVER else Keep.RETENTION
        register_action(f"reviews.{name}", title, words={**words, **SEAT}, keep=keep)
    for setting in SETTINGS:
        declare(setting)
