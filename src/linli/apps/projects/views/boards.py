"""The board of a year: lamps, Gantt, spending curve; every number opens its rows."""

from collections import Counter
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from linli.apps.projects import queries
from linli.apps.projects.models import ProjectState
from linli.apps.projects.permissions import reads_projects
from linli.apps.projects.queries import BoardRow, YearOfMoney
from linli.apps.projects.queries.lamps import NAMES, TABS
from linli.apps.projects.views.acting import frame_of
from linli.apps.projects.views.drawing import draw_curve, draw_term
from linli.apps.projects.views.titles import COLOURS, TITLES
from linli.kernel.scope import permission
from linli.kernel.ui.acting import me

VIEWS = (("", _("Lamps")), ("gantt", _("Timetable")), ("money", _("Money of the year")))
SIZE = 50
WIDTH, HEIGHT = 720, 240
"""Of the curve, in units of its drawing."""


@permission(reads_projects)
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """The projects of a year with their lamps; the address says which lamp, colour and view."""
    actor, asked, day = me(request), request.GET, timezone.localdate()
    years = queries.years_of(actor)
    year = int(asked["year"]) if asked.get("year") in {str(one) for one in years} else (years or [day.year])[0]
    everything = queries.board(actor, year, day=day)
    rows = _chosen(everything, asked)
    view = asked.get("view", "")
    page = int(asked["page"]) if asked.get("page", "").isdecimal() else 1
    last = max((len(rows) + SIZE - 1) // SIZE, 1)
    page = min(max(page, 1), last)
    shown = rows[(page - 1) * SIZE : page * SIZE]
    context = {
        "frame": frame_of(request),
        "year": year,
        "years": years,
        "view": view if view in dict(VIEWS) else "",
        "views": VIEWS,
        "counts": _counts(everything),
        "filtered": len(rows) != len(everything),
        "found": len(rows),
        "all": len(everything),
        "rows": [(row, _cells(row)) for row in shown],
        "page": page,
        "pages": last,
        **(_gantt(shown, year, day) if view == "gantt" else {}),
        **(_money(everything, year, day) if view == "money" else {}),
    }
    return render(request, "projects/board.html", context)


def _chosen(rows: list[BoardRow], asked: Any) -> list[BoardRow]:
    """The rows the address asks for: a lamp of a colour, a state."""
    lamp, colour, state = asked.get("lamp"), asked.get("colour"), asked.get("state")
    if lamp in NAMES and colour in COLOURS:
        rows = [row for row in rows if row.lamps[lamp].colour == colour]
    if state in ProjectState.values:
        rows = [row for row in rows if row.project.state == state]
    return rows


def _counts(rows: list[BoardRow]) -> list[dict[str, Any]]:
    """Each lamp with how many projects show which colour."""
    found = []
    for name in NAMES:
        counted = Counter(row.lamps[name].colour for row in rows)
        colours = [{"colour": colour, "name": COLOURS[colour], "n": counted[colour]} for colour in COLOURS]
        found.append({"name": name, "title": TITLES[name], "colours": [one for one in colours if one["n"]]})
    return found


def _cells(row: BoardRow) -> list[dict[str, Any]]:
    """The lamps of one row, each leading to the rows behind it."""
    return [{"lamp": row.lamps[name], "title": TITLES[name], "tab": TABS[name]} for name in NAMES]


def _gantt(rows: list[BoardRow], year: int, day: date) -> dict[str, Any]:
    """The term of each project within the year, in per mille of it, with its milestones."""
    first, length = date(year, 1, 1), (date(year + 1, 1, 1) - date(year, 1, 1)).days

    def at(when: date) -> int:
        return min(max((when - first).days, 0), length) * 1000 // length

    months = [at(date(year, month, 1)) for month in range(1, 13)]
    now = at(day) if day.year == year else None
    bars = []
    for row in rows:
        begins, ends = at(row.project.starts_on), at(row.project.ends_on)
        steps = [
            (at(due), "done" if done else "late" if due < day else "open", title) for due, done, title in row.steps
        ]
        words = row.lamps["time"].why
        term = (begins, max(ends - begins, 4))
        bars.append({"row": row, "picture": draw_term(term, steps, months=months, now=now, words=words)})
    return {"bars": bars}


def _money(rows: list[BoardRow], year: int, day: date) -> dict[str, Any]:
    """The curve as points of its drawing, and what strikes."""
    money = queries.year_of_money(rows, year, day=day)
    return {"money": money, **_curve(money, year, day)}


def _curve(money: YearOfMoney, year: int, day: date) -> dict[str, Any]:
    top = max(money.planned, money.curve[-1], Decimal(1))

    def point(month: int, amount: Decimal) -> str:
        return f"{WIDTH * month // 12},{HEIGHT - int(HEIGHT * amount / top)}"

    until = day.month if day.year == year else 12 if day.year > year else 0
    points = [point(0, Decimal(0)), *(point(month + 1, money.curve[month]) for month in range(until))]
    goals = [
        {
            "x": WIDTH * (goal.day - date(year, 1, 1)).days // 365,
            "y": HEIGHT - int(HEIGHT * money.planned * goal.wanted / 100 / top) if goal.wanted is not None else None,
            "goal": goal,
        }
        for goal in money.goals
    ]
    months = [{"x": WIDTH * month // 12, "name": month + 1} for month in range(12)]
    words = gettext("%(rate)s%% of the promised money is paid") % {"rate": money.rate}
    return {"goals": goals, "picture": draw_curve(" ".join(points), goals, months, (WIDTH, HEIGHT), words)}
