"""Telling people: in the house and by e-mail behind one small interface, nothing sent twice."""

from typing import TYPE_CHECKING

from linli.kernel import lazily
from linli.kernel.notices.kinds import NoticeKind, declare_kind, notice_kind, notice_kinds

if TYPE_CHECKING:
    from linli.kernel.notices.choices import choices_of, choose, choose_all
    from linli.kernel.notices.delivering import deliver_waiting, send_again, sweep
    from linli.kernel.notices.reading import mark_all_read, mark_read, mine, unread_count
    from linli.kernel.notices.telling import notify
    from linli.kernel.notices.ways import (
        Door,
        NeverArrives,
        Silent,
        TryLater,
        Unclear,
        doors,
        keep_addresses,
        register_door,
    )
    from linli.kernel.notices.wishes import ways_to, wish, wishes_of
else:
    __getattr__ = lazily(
        __name__,
        choices="choices_of choose choose_all",
        delivering="deliver_waiting send_again sweep",
        ways="Door NeverArrives Silent TryLater Unclear doors keep_addresses register_door",
        wishes="ways_to wish wishes_of",
        reading="mark_all_read mark_read mine unread_count",
        telling="notify",
    )

__all__ = [
    "Door",
    "NeverArrives",
    "NoticeKind",
    "Silent",
    "TryLater",
    "Unclear",
    "choices_of",
    "choose",
    "choose_all",
    "declare_kind",
    "deliver_waiting",
    "doors",
    "keep_addresses",
    "mark_all_read",
    "mark_read",
    "mine",
    "notice_kind",
    "notice_kinds",
    "notify",
    "register_door",
    "send_again",
    "sweep",
    "unread_count",
    "ways_to",
    "wish",
    "wishes_of",
]
