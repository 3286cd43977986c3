"""The tables of the center: one shape for all of them, shown on the page, printed, and handed out as a workbook."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.apps.incubation import queries
from linli.apps.incubation.models import FigureKind, SupportKind
from linli.apps.incubation.permissions import keeps_pages
from linli.apps.incubation.rubric import month_of, next_month
from linli.apps.incubation.views.acting import members_for, month_asked
from linli.apps.organizations.queries import FORMS, coverage
from linli.kernel.ui.acting import me
from linli.kernel.ui.words import day as said_day

Text = str | Promise
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Cell:
    """What stands in a cell: a value, where it leads, a lamp (green, amber, red, off), a quiet word beside it."""

    text: Any
    url: str = ""
    lamp: str = ""
    note: Text = ""
    numeric: bool = False


@dataclass
class Register:
    """One table with its words: what it is, what stands in it, what to do where nothing does."""

    title: Text
    lead: Text
    heads: Sequence[tuple[Text, bool]]
    rows: list[list[Cell]] = field(default_factory=list)
    empty: tuple[Text, Text] = ("", "")
    verbs: list[tuple[Text, str]] = field(default_factory=list)
    chips: list[tuple[str, str, bool]] = field(default_factory=list)
    chips_are: Text = ""
    stats: list[tuple[Text, Any, str]] = field(default_factory=list)
    on: date | None = None


def number(value: Any, **more: Any) -> Cell:
    """A number, on the right."""
    return Cell(value, numeric=True, **more)


def words(*titles: Text) -> list[tuple[Text, bool]]:
    """Heads over words."""
    return [(title, False) for title in titles]


def day_of(day: date | None) -> str:
    """A day as it is written in a table."""
    return said_day(day) if day else ""


def file_of(organization: Any, note: Text = "") -> Cell:
    """An organization, leading to its file."""
    return Cell(organization.name, reverse("incubation:file", args=[organization.pk]), note=note)


def adding(what: str) -> str:
    """Where something is added."""
    return reverse("incubation:add", args=[what])


def row_verb(kind: str, row: Any, verb: str, title: Text, *, may: bool) -> Cell:
    """A verb on one row, where the reader may."""
    return Cell(title, reverse("incubation:row", args=[kind, row.pk, verb])) if may else Cell("")


def day_asked(request: HttpRequest) -> date:
    """The day in the address, today where there is none that reads."""
    try:
        return date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return timezone.localdate()


def year_asked(request: HttpRequest) -> int:
    """The year in the address, this one where there is none that reads."""
    asked, now = request.GET.get("year", ""), timezone.localdate().year
    return int(asked) if asked.isdecimal() and 2000 <= int(asked) <= 2100 else now


def years_around(year: int) -> list[tuple[str, str, bool]]:
    """The year before, the year, the one after, as chips."""
    return [(f"{one}年", f"?year={one}", one == year) for one in (year - 1, year, year + 1)]


def count_of(done: int, of: int) -> Cell:
    """n of so many, green when all are there."""
    return Cell(f"{done}/{of}", lamp="green" if done == of else "amber" if done else "off")


def members(request: HttpRequest) -> Register:
    """Who is in the center on a day, and what is kept of each."""
    actor, on = me(request), day_asked(request)
    rows = queries.members_on(members_for(actor), on)
    found = queries.members(list(rows), on)
    register = Register(
        _("Organizations in the center"), _("Each with its entry, desk, services and lists. A name opens its file."),
        [
            *words(_("Organization"), _("Entered the center on"), _("Desks"), _("Services")),
            *((queries.checklist_of(code).title, False) for code in ("six_haves", "four_builds")),
        ],
        empty=(
            _("No organization is in the center on this day"),
            _("Enter the standing “入驻” on the page of an organization; its file opens here."),
        ),
        on=on,
    )  # fmt: skip
    lists = [(code, len(queries.checklist_of(code).items)) for code in ("six_haves", "four_builds")]
    for one in found:
        services = "、".join(dict.fromkeys(str(case.get_service_display()) for case in one.cases))
        register.rows.append(
            [
                file_of(one.organization), Cell(day_of(one.joined)),
                Cell("、".join(str(row.desk) for row in one.desks)),
                Cell(services), *(count_of(len(one.ticks.get(code, ())), of) for code, of in lists),
            ]
        )  # fmt: skip
    if found:
        covered = coverage(on, rows)
        address = reverse("organizations:party_coverage_rows")
        register.stats = [(FORMS[form], n, f"{address}?form={form}&on={on}") for form, n in covered.cells]
    return register


def desks(request: HttpRequest) -> Register:
    """The desks of every open center and who has each on a day."""
    actor, on = me(request), day_asked(request)
    may = keeps_pages(actor, None)
    found = queries.desks(actor, on)
    taken = sum(row.taken is not None for row in found)
    register = Register(
        _("Desks"), _("One organization a desk at a time."),
        [*words(_("Center"), _("Number of the desk"), _("Organization"), _("Since")), ("", False)],
        empty=(_("No desks yet"), _("Open a center first, then add its desks by their numbers.")),
        verbs=[(_("Add desks"), adding("desks"))] if may else [],
        stats=[(_("Desks"), len(found), ""), (_("Desks in use"), taken, ""), (_("Free"), len(found) - taken, "")],
        on=on,
    )  # fmt: skip
    for row in found:
        stay = row.taken
        if stay is None:
            rest = [Cell(_("free"), lamp="off"), Cell(""), Cell("")]
        else:
            ended = stay.until is not None
            rest = [
                file_of(stay.organization), Cell(day_of(stay.since)),
                row_verb("stay", stay, "free", _("Free the desk"), may=may and not ended),
            ]  # fmt: skip
        register.rows.append([Cell(row.center.name), Cell(row.number), *rest])
    if not found:
        register.stats = []
    return register


def support(request: HttpRequest) -> Register:
    """Every case of the five services."""
    actor = me(request)
    may, found = keeps_pages(actor, None), list(queries.cases(actor))
    running = dict.fromkeys(SupportKind, 0)
    for case in found:
        running[SupportKind(case.service)] += case.closed_on is None
    register = Register(
        _("Support services"), _("Projects, incubation, platform, training, finance: who is helped with what."),
        words(_("Organization"), _("Service"), _("What it is about"), _("Done by"), _("Since"), _("State"), ""),
        empty=(_("No support service yet"), _("Open the file of an organization and begin one there.")),
        stats=[(service.label, n, "") for service, n in running.items()] if found else [],
    )  # fmt: skip
    for case in found:
        state = Cell(_("Closed"), note=case.outcome) if case.closed_on else Cell(_("Running"), lamp="green")
        register.rows.append(
            [
                file_of(case.organization), Cell(case.get_service_display()), Cell(case.title), Cell(case.agency or ""),
                Cell(day_of(case.opened_on)), state,
                row_verb("case", case, "close", _("Close the case"), may=may and case.closed_on is None),
            ]
        )  # fmt: skip
    return register


LAMPS = {"papers": "amber", "booked": "amber", "declared": "green"}


def books(request: HttpRequest) -> Register:
    """How far the books of a month are, for each organization whose books an agency keeps."""
    month = month_asked(request, month_of(month_of(timezone.localdate()) - DAY))
    actor, may = me(request), keeps_pages(me(request), None)
    around = (month_of(month - DAY), month, next_month(month))
    register = Register(
        _("Bookkeeping"), _("Month by month: vouchers handed in, booked, declared."),
        words(_("Organization"), _("Agency"), _("Agreement"), _("State"), _("Day"), _("Remark"), ""),
        empty=(
            _("No agency keeps books in this month"),
            _("Open the file of an organization and begin the service “finance” with its agency."),
        ),
        chips_are=_("month"),
        chips=[(f"{one.year}年{one.month}月", f"?month={one:%Y-%m}", one == month) for one in around],
    )  # fmt: skip
    for case in queries.books(actor, month, next_month(month)):
        row = case.book
        state = (
            Cell(row.get_state_display(), lamp=LAMPS[row.state]) if row else Cell(_("Waits for vouchers"), lamp="off")
        )
        verb = row_verb("case", case, "book", _("Enter the month"), may=may)
        register.rows.append(
            [
                file_of(case.organization), Cell(case.agency), Cell(case.agreement.number if case.agreement else ""),
                state, Cell(day_of(row.on) if row else ""), Cell(row.note if row else ""),
                Cell(verb.text, f"{verb.url}?month={month:%Y-%m}" if verb.url else ""),
            ]
        )  # fmt: skip
    return register


def training(request: HttpRequest) -> Register:
    """The plan of a year against what was held."""
    actor, year = me(request), year_asked(request)
    may = keeps_pages(actor, None)
    found = queries.training(actor, year)
    register = Register(
        _("Training plan"), _("Planned against held: an activity about a course counts for it, with those who came."),
        [
            *words(_("Month of the year"), _("Course"), _("Series"), _("Meant for")),
            (_("Sessions planned"), True), (_("Sessions held"), True),
            (_("Person-times planned"), True), (_("Person-times came"), True), ("", False),
        ],
        empty=(_("No training is planned for this year"), _("Plan the courses of the year, one by one.")),
        verbs=[(_("Plan a course"), adding("training"))] if may else [],
        chips_are=_("Year"),
        chips=years_around(year),
    )  # fmt: skip
    for one in found:
        row = one.training
        about = f"{reverse('activities:new')}?subject=incubation.training:{row.pk}&title={row.title}"
        lamp = "green" if one.sessions >= row.sessions else "amber" if one.sessions else "off"
        register.rows.append(
            [
                Cell(f"{row.month}月"), Cell(row.title), Cell(row.series), Cell(row.audience), number(row.sessions),
                number(one.sessions, lamp=lamp), number(row.person_times), number(one.person_times),
                Cell(_("Plan a session"), about) if may else Cell(""),
            ]
        )  # fmt: skip
    if found:
        register.stats = [
            (
                _("Sessions held"),
                sum(one.sessions for one in found),
                _("planned: %(n)s") % {"n": sum(one.training.sessions for one in found)},
            ),
            (_("Person-times came"), sum(one.person_times for one in found), ""),
            (_("Series"), len({one.training.series for one in found} - {""}), ""),
        ]
    return register


def growth(request: HttpRequest) -> Register:
    """The latest figure of each kind up to a day, counts alone."""
    actor, on = me(request), day_asked(request)
    organizations = list(queries.members_on(members_for(actor), on))
    found = queries.figures(organizations, on)
    register = Register(
        _("Development figures"),
        _("Numbers that were typed with a day and a source. Nobody's name stands behind them."),
        [(_("Organization"), False), *((kind.label, True) for kind in FigureKind)],
        empty=(_("No figure was typed up to this day"), _("Open the file of an organization and type one there.")),
        on=on,
    )  # fmt: skip
    for one in organizations:
        typed = found.get(one.pk)
        if typed is None:
            continue
        cells = [typed.get(kind) for kind in FigureKind]
        register.rows.append(
            [file_of(one), *(number(row.count, note=day_of(row.on)) if row else number("—") for row in cells)]
        )
    for kind in FigureKind if register.rows else ():
        register.stats.append((kind.label, sum(row[kind].count for row in found.values() if kind in row), ""))
    return register


Builder = Callable[[HttpRequest], Register]
