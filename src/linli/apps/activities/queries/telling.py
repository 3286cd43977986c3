"""What a date is told as: a text for the group of at most 200 characters, an iCalendar feed."""

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from django.utils import timezone

from linli.apps.activities.models import Occurrence, OccurrenceState

MOST = 200
WEEKDAYS = "一二三四五六日"


def when(row: Occurrence) -> str:
    """「12月5日（周六）9:00—11:00」."""
    starts, ends = timezone.localtime(row.starts), timezone.localtime(row.ends)
    weekday = WEEKDAYS[starts.weekday()]
    return f"{starts.month}月{starts.day}日（周{weekday}）{starts.hour}:{starts:%M}—{ends.hour}:{ends:%M}"


def group_text(row: Occurrence, *, address: str) -> str:
    """A text for the group of the neighbours, at most 200 characters; the description gives way, the address stays."""
    activity = row.activity
    places = f"，限{row.capacity}人" if row.capacity else ""
    head = f"【{activity.place.name}】{activity.title}\n时间：{when(row)}\n地点：{activity.venue}{places}"
    foot = [f"咨询：{activity.contact}"] if activity.contact else []
    foot.append(f"报名：{address}")
    tail = "\n" + "\n".join(foot)
    about = " ".join(activity.about.split())
    room = MOST - len(head) - len(tail) - 1
    if not about or room < 8:
        return f"{head[: MOST - len(tail)]}{tail}"
    said = about if len(about) <= room else f"{about[: room - 1]}…"
    return f"{head}\n{said}{tail}"


def calendar_of(rows: Iterable[Occurrence], *, name: str, base: str) -> bytes:
    """An iCalendar feed (RFC 5545) of dates, in UTC; one called off stays as cancelled. No person stands in it."""
    import icalendar  # only for whoever takes a calendar along

    utc = ZoneInfo("UTC")
    calendar = icalendar.Calendar()
    for word, value in (("prodid", "-//Linli//Activities//ZH"), ("version", "2.0"), ("calscale", "GREGORIAN")):
        calendar.add(word, value)
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    for row in rows:
        event = icalendar.Event()
        event.add("uid", f"{row.pk}@activities.linli")
        event.add("dtstamp", row.activity.planned_at.astimezone(utc))
        event.add("sequence", row.version + row.activity.version)
        event.add("dtstart", row.starts.astimezone(utc))
        event.add("dtend", row.ends.astimezone(utc))
        event.add("summary", row.activity.title)
        event.add("location", row.activity.venue)
        event.add("status", "CANCELLED" if row.state == OccurrenceState.CALLED_OFF else "CONFIRMED")
        event.add("url", f"{base}/activities/{row.activity_id}/")
        calendar.add_component(event)
    return bytes(calendar.to_ical())
