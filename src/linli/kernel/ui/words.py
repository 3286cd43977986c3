"""Dates, sums and ages as people read them, in Chinese and English."""

import datetime as dt
import re
from decimal import Decimal

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

YEAR = 366
WEEKDAYS = "一二三四五六日"
WRITTEN = re.compile(r"(?<![\d-])(\d{4})-(\d{2})-(\d{2})(?![\d-])(?:[T ](\d{2}:\d{2})[\d:.]*(Z|[+-]\d{2}:\d{2})?)?")
"""A day, or a moment, as machines write it."""


def _chinese() -> bool:
    return (get_language() or "zh-hans").startswith("zh")


def long_date(value: dt.date) -> str:
    """「2026年11月22日 周日」 or "22 November 2026, Sunday"; moments are taken in the local zone first."""
    if isinstance(value, dt.datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    if _chinese():
        return f"{value.year}年{value.month}月{value.day}日 周{WEEKDAYS[value.weekday()]}"
    return date_format(value, "j F Y, l")


def day(value: dt.date) -> str:
    """「2026年11月22日」, always with its year and without the weekday; for tables and beside other words."""
    if isinstance(value, dt.datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return f"{value.year}年{value.month}月{value.day}日" if _chinese() else date_format(value, "j F Y")


def days_in_words(text: str) -> str:
    """``text`` with every day and moment in it that is written for machines said as people say it."""
    return WRITTEN.sub(_said, text)


def _said(found: re.Match[str]) -> str:
    clock, zone = found.group(4, 5)
    try:
        value = dt.datetime.fromisoformat("-".join(found.group(1, 2, 3)) + f"T{clock or '00:00'}")
        value = value.replace(tzinfo=dt.datetime.strptime(zone, "%z").tzinfo) if zone else value
    except ValueError:
        return found.group()
    value = timezone.localtime(value) if zone else value
    return f"{day(value)} {value:%H:%M}" if clock else day(value)


def short_date(value: dt.date) -> str:
    """「11月22日」, with the year when it is not this one; for tight places."""
    if isinstance(value, dt.datetime):
        value = timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    here = value.year == timezone.localdate().year
    if _chinese():
        day = f"{value.month}月{value.day}日"
        return day if here else f"{value.year}年{day}"
    return date_format(value, "j M" if here else "j M Y")


def moment(value: dt.date) -> str:
    """The long date and, for a moment, the clock: 「2026年11月22日 周日 15:30」."""
    if isinstance(value, dt.datetime):
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        return f"{long_date(local)} {local:%H:%M}"
    return long_date(value)


def ago(value: dt.date, *, now: dt.datetime | None = None) -> str:
    """How far ``value`` is from ``now``, in its largest unit: 「3天前」, 「2小时后」; dates count in days.

    Nothing beyond a year: nobody counts 3349 days.
    """
    now = now or timezone.now()
    if not isinstance(value, dt.datetime):
        return _days((value - timezone.localdate(now)).days)
    seconds = int((value - now).total_seconds())
    size, past = abs(seconds), seconds < 0
    if size < 60:
        return pgettext("less than a minute from now", "just now")
    if size < 3600:
        return _minutes(size // 60, past=past)
    if size < 86400:
        return _hours(size // 3600, past=past)
    return _days(-(size // 86400) if past else size // 86400)


def waited(since: dt.datetime, *, now: dt.datetime | None = None) -> str:
    """How long something has waited, in days of the calendar: 「已等 3 天」; the first day: 「今天收到」."""
    days = (timezone.localdate(now) - timezone.localdate(since)).days
    if days < 1:
        return _("since today")
    return ngettext("for %(n)d day", "for %(n)d days", days) % {"n": days}


def _minutes(count: int, *, past: bool) -> str:
    if past:
        return ngettext("%(n)d minute ago", "%(n)d minutes ago", count) % {"n": count}
    return ngettext("in %(n)d minute", "in %(n)d minutes", count) % {"n": count}


def _hours(count: int, *, past: bool) -> str:
    if past:
        return ngettext("%(n)d hour ago", "%(n)d hours ago", count) % {"n": count}
    return ngettext("in %(n)d hour", "in %(n)d hours", count) % {"n": count}


def _days(days: int) -> str:
    if days == 0:
        return _("today")
    if abs(days) > YEAR:
        return ""
    if days < 0:
        return ngettext("%(n)d day ago", "%(n)d days ago", -days) % {"n": -days}
    return ngettext("in %(n)d day", "in %(n)d days", days) % {"n": days}


def yuan(value: Decimal | int | None) -> str:
    """¥12,345.00 with grouped thousands; a dash when nothing is known."""
    if value is None or value == "":
        return "—"
    amount = Decimal(value)
    sign = "-" if amount < 0 else ""
    return f"{sign}¥{abs(amount):,.2f}"


def big_yuan(value: Decimal | int | None) -> str:
    """The sum in units of ten thousand yuan, two digits: 「123.46万元」."""
    if value is None or value == "":
        return "—"
    return _("%(sum)s × 10,000 yuan") % {"sum": f"{Decimal(value) / 10000:,.2f}"}
