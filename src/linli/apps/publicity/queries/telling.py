"""What a notice is told as: a text for the group of at most 200 characters, the period in words."""

from django.utils import timezone

from linli.apps.publicity.models import PublicNotice

MOST = 200


def period(notice: PublicNotice) -> str:
    """「11月3日至11月9日」; empty before the notice is on display."""
    if notice.opens is None or notice.closes is None:
        return ""
    first, last = timezone.localtime(notice.opens), timezone.localtime(notice.closes)
    return f"{first.month}月{first.day}日至{last.month}月{last.day}日"


def group_text(notice: PublicNotice, *, address: str) -> str:
    """A text for the group of the neighbours, at most 200 characters; the body gives way, the address stays."""
    head = f"【{notice.place.name}】{notice.title}"
    shown = period(notice)
    foot = [f"公示时间：{shown}"] if shown else []
    foot += [f"电话：{notice.phones}"] if notice.phones else []
    tail = "\n" + "\n".join([*foot, f"查看和提出异议：{address}"])
    body = " ".join(notice.body.split())
    room = MOST - len(head) - len(tail) - 1
    if not body or room < 8:
        return f"{head[: MOST - len(tail)]}{tail}"
    said = body if len(body) <= room else f"{body[: room - 1]}…"
    return f"{head}\n{said}{tail}"
