"""More tables of the center: lists to tick, the register of centers, incubation, inactivity, who works where."""

from collections import Counter

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linli.apps.incubation import queries
from linli.apps.incubation.models import CenterLevel, Stage
from linli.apps.incubation.permissions import keeps_pages
from linli.apps.incubation.views.acting import members_for
from linli.apps.incubation.views.registers import (
    Builder,
    Cell,
    Register,
    adding,
    books,
    count_of,
    day_asked,
    day_of,
    desks,
    file_of,
    growth,
    members,
    number,
    row_verb,
    support,
    training,
    words,
    year_asked,
    years_around,
)
from linli.apps.ledger.queries import figures_of, with_figures
from linli.apps.ledger.queries import visible_to as funds_visible_to
from linli.kernel.ui.acting import me

LISTS = ("six_haves", "four_builds")


def checklists(request: HttpRequest) -> Register:
    """六有 and 四建一创 of every organization in the center, item by item."""
    actor, on = me(request), day_asked(request)
    lists = [queries.checklist_of(code) for code in LISTS]
    register = Register(
        _("Venue and building lists"),
        _("Six things a venue has, four to build and one to strive for; each with evidence."),
        [(_("Organization"), False)],
        empty=(
            _("No organization is in the center on this day"),
            _("Enter the standing “入驻” on the page of an organization; its file opens here."),
        ),
        on=on,
    )  # fmt: skip
    heads = [(_("Organization"), False)]
    for known in lists:
        heads += [(known.title, False), *((item.title, False) for item in known.items)]
    register.heads = heads
    for one in queries.members(list(queries.members_on(members_for(actor), on)), on):
        name = Cell(one.organization.name, reverse("organizations:checklists", args=[one.organization.pk]))
        cells = [name]
        for known in lists:
            has = one.ticks.get(known.code, set())
            cells.append(count_of(len(has), len(known.items)))
            cells += [Cell("✓" if item.code in has else "—") for item in known.items]
        register.rows.append(cells)
    return register


def centers(request: HttpRequest) -> Register:
    """The register of centers by level; beside it the pot of the year and the awards, as counts."""
    actor, year = me(request), year_asked(request)
    may, found = keeps_pages(actor, None), list(queries.centers_visible_to(actor).select_related("place", "operator"))
    register = Register(
        _("Service centers"), _("Three levels: district, street, community. Money of the year and awards beside them."),
        [*words(_("Level"), _("Center"), _("Place"), _("Run by"), _("Open since")), ("", False)],
        empty=(_("No service center is registered"), _("Open one with its place and name.")),
        verbs=[(_("Open a center"), adding("center")), (_("Count awards"), adding("award"))] if may else [],
        chips_are=_("Year"),
        chips=years_around(year),
    )  # fmt: skip
    order = list(CenterLevel)
    mine = set(queries.centers_kept_by(actor).values_list("pk", flat=True)) if may else set()
    for row in sorted(found, key=lambda one: (order.index(CenterLevel(one.level)), one.name)):
        state = Cell(_("closed since %(day)s") % {"day": day_of(row.closed_on)}) if row.closed_on else None
        register.rows.append(
            [
                Cell(row.get_level_display()), Cell(row.name), Cell(row.place.name), Cell(row.operator or ""),
                Cell(day_of(row.opened_on)),
                state or row_verb("center", row, "close", _("Close the center"), may=row.pk in mine),
            ]
        )  # fmt: skip
    levels = Counter(row.level for row in found if row.closed_on is None)
    funds = [figures_of(fund) for fund in with_figures(funds_visible_to(actor).filter(year=year))]
    register.stats = [(level.label, levels[level], "") for level in CenterLevel]
    if funds:
        pot, left = sum(fund.amount for fund in funds), sum(fund.left for fund in funds)
        register.stats.append(
            (
                _("Left of the year's money (yuan)"),
                f"{left:,.2f}",
                _("of %(yuan)s in the year") % {"yuan": f"{pot:,.2f}"},
            )
        )
    years, people = queries.awards_sum(queries.awards(actor))
    if years:
        register.stats.append((_("People awarded, years counted: %(years)d") % {"years": years}, people, ""))
    return register


def pipeline(request: HttpRequest) -> Register:
    """Where each organization or team that is incubated stands."""
    found = queries.pipeline(me(request))
    order = list(Stage)
    register = Register(
        _("Incubation"), _("From a team that was found to an organization that works on its own."),
        [*words(_("Stage"), _("Organization"), _("Place"), _("Since"), _("Remark")), (_("Leaders trained"), True)],
        empty=(_("Nothing is incubated yet"), _("Open the file of a team or organization and enter its first stage.")),
    )  # fmt: skip
    for row in sorted(found, key=lambda one: (order.index(Stage(one.stage)), one.organization.name)):
        register.rows.append(
            [
                Cell(row.get_stage_display()), file_of(row.organization), Cell(row.organization.place.name),
                Cell(day_of(row.on)), Cell(row.note), number(row.trained),  # type: ignore[attr-defined]  # annotated
            ]
        )  # fmt: skip
    if found:
        counts = Counter(row.stage for row in found)
        register.stats = [(stage.label, counts[stage], "") for stage in Stage if counts[stage]]
        trained = sum(row.trained for row in found)  # type: ignore[attr-defined]  # annotated
        register.stats.append((_("Leaders trained"), trained, ""))
    return register


def inactive(request: HttpRequest) -> Register:
    """Organizations that look inactive, each with its reasons; a person asks before anything follows."""
    on = day_asked(request)
    register = Register(
        _("Inactive organizations"), _("What the records hold says so; ask the organization before anything follows."),
        words(
            _("Organization"), _("Reasons"), _("Last activity"), _("Last filing"), _("Last day of a project"),
            _("Annual check"),
        ),
        empty=(
            _("No organization looks inactive"),
            _("The months without anything on record are a setting of the street."),
        ),
        on=on,
    )  # fmt: skip
    for one in queries.inactive(me(request), on):
        signs = one.signs
        register.rows.append(
            [
                file_of(one.organization), Cell("；".join(map(str, one.reasons))), Cell(day_of(signs.activity)),
                Cell(day_of(signs.evidence)), Cell(day_of(signs.service)), Cell(signs.check),
            ]
        )  # fmt: skip
    return register


def matrix(request: HttpRequest) -> Register:
    """Organization by community: at which units it works for which project."""
    actor, on = me(request), day_asked(request)
    may, found = keeps_pages(actor, None), list(queries.tasks(actor, on))
    register = Register(
        _("Who works where"),
        _("Project, organization, community and unit: a unit of a project is with one organization."),
        words(_("Project"), _("Organization"), _("Community"), _("Unit worked at"), _("Since"), ""),
        empty=(_("Nobody works at a unit on this day"), _("Enter which organization takes which unit of a project.")),
        verbs=[(_("Enter a unit"), adding("unit"))] if may else [],
        on=on,
    )  # fmt: skip
    for row in found:
        register.rows.append(
            [
                Cell(row.project.title, reverse("projects:project", args=[row.project_id])), file_of(row.organization),
                Cell(row.community.name), Cell(row.unit.name), Cell(day_of(row.since)),
                row_verb("task", row, "leave", _("End it"), may=may and row.until is None),
            ]
        )  # fmt: skip
    if found:
        register.stats = [
            (_("Projects"), len({row.project_id for row in found}), ""),
            (_("Organizations"), len({row.organization_id for row in found}), ""),
            (_("Communities"), len({row.community_id for row in found}), ""),
            (_("Units worked at"), len({row.unit_id for row in found}), ""),
        ]
    return register


REGISTERS: dict[str, tuple[object, Builder]] = {
    "members": (_("In the center"), members),
    "desks": (_("Desks"), desks),
    "support": (_("Support"), support),
    "books": (_("Bookkeeping"), books),
    "training": (_("Training"), training),
    "growth": (_("Growth"), growth),
    "checklists": (_("Lists"), checklists),
    "pipeline": (_("Incubation"), pipeline),
    "inactive": (_("Inactive"), inactive),
    "matrix": (_("Who works where"), matrix),
    "centers": (_("Centers"), centers),
}
"""Every table of the center by its name in the address, with the word on its tab."""
