"""The timetable of a project and the spending curve of a year as pictures of lines; each says itself in words too."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

TALL, MARK = 32, 8


def _line(name: str, x: int, height: int) -> SafeString:
    return format_html('<line class="{}" x1="{}" x2="{}" y1="0" y2="{}" />', name, x, x, height)


def draw_term(
    term: tuple[int, int],
    steps: Iterable[tuple[int, str, str]],
    *,
    months: Sequence[int],
    now: int | None,
    words: str,
) -> SafeString:
    """The term of a project (begin, length) in per mille of the year, with its milestones (where, state, title)."""
    grid = format_html_join("", "{}", ((_line("month", x, TALL),) for x in months))
    marks = format_html_join(
        "", '<rect class="step-{}" x="{}" y="6" width="{}" height="20"><title>{}</title></rect>',
        ((state, x, MARK, title) for x, state, title in steps),
    )  # fmt: skip
    today = _line("now", now, TALL) if now is not None else ""
    return format_html(
        '<svg viewBox="0 0 1000 {}" preserveAspectRatio="none" role="img" aria-label="{}">{}'
        '<rect class="span" x="{}" y="12" width="{}" height="8" />{}{}</svg>',
        TALL, words, grid, *term, marks, today,
    )  # fmt: skip


def draw_curve(
    points: str, goals: Iterable[dict[str, Any]], months: Iterable[dict[str, int]], size: tuple[int, int], words: str
) -> SafeString:
    """What was paid month by month, beside the days of the finance calendar; a circle is what is wanted by then."""
    width, height = size
    grid = format_html_join(
        "", '{}<text x="{}" y="{}">{}</text>',
        ((_line("month", one["x"], height), one["x"] + 20, height + 20, one["name"]) for one in months),
    )  # fmt: skip
    days = format_html_join(
        "", "{}{}", ((_line("goal-line", one["x"], height), _circle(one["x"], one["y"])) for one in goals)
    )
    return format_html(
        '<svg viewBox="-10 -20 {} {}" role="img" aria-label="{}">{}{}<polyline points="{}" /></svg>',
        width + 30, height + 50, words, grid, days, points,
    )  # fmt: skip


def _circle(x: int, y: int | None) -> SafeString | str:
    return "" if y is None else format_html('<circle class="goal" cx="{}" cy="{}" r="6" />', x, y)
