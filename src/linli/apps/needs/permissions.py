"""Who enters needs, dispatches, handles, decides and reads; behind the wall none of it helps."""

from typing import Any

from linli.kernel.scope import Actor, Role, clock, holds
from linli.kernel.scope.predicates import predicate

WORKERS = (Role.COMMUNITY_WORKER, Role.COMMUNITY_SECRETARY, Role.GRID_WORKER)
DISPATCHERS = (Role.STREET_OFFICER, Role.SECTION_HEAD)
DECIDERS = (Role.SECTION_HEAD, Role.LEADER)
HANDLERS = (*WORKERS, *DISPATCHERS, Role.LEADER, Role.DEPARTMENT_CONTACT)
READERS = (*WORKERS, *DISPATCHERS, Role.LEADER, Role.AUDITOR)
"""Whose post reads the needs of the place it is held at, and below it."""
UNITS = (Role.DEPARTMENT_CONTACT, Role.ORGANIZATION_MANAGER)
"""Who reads what was given to the organization he works for."""
KEEPERS = (Role.STREET_OFFICER, Role.SECTION_HEAD)
"""Who keeps categories, rules and templates."""
IMPORTERS = DISPATCHERS
"""Who brings the exports of the hotline's platform in."""

reads_needs = holds(*READERS, *UNITS)
enters_pages = holds(*WORKERS, *DISPATCHERS)
enters_needs = clock | enters_pages
"""Writes down what somebody else said. Who speaks for himself comes through the portal."""
keeps_pages = holds(*KEEPERS)
keeps_rules = clock | keeps_pages
import_pages = holds(*IMPORTERS)
imports_tickets = clock | import_pages
decides_pages = holds(*DECIDERS)
decides = clock | decides_pages
"""Approves extensions, and what is not on the community's list."""


def _in(actor: Actor, need: Any) -> bool:
    from linli.apps.needs.queries.wall import is_visible  # the wall reads models, models name who may open them

    return is_visible(need, actor)


@predicate
def behind_no_wall(actor: Actor | None, need: Any = None) -> bool:
    """The actor may know of this need at all. Without a record: anybody."""
    return actor is None or need is None or _in(actor, need)


@predicate
def has_part(actor: Actor | None, need: Any = None) -> bool:
    """The actor, or the unit he works for, has an open part in the need."""
    if actor is None or need is None:
        return actor is not None
    from linli.apps.needs.queries.wall import has_part as asked  # as above

    return asked(need, actor)


@predicate
def sees_contact(actor: Actor | None, contact: Any = None) -> bool:
    """Opens name, telephone and address: whoever is in the handling chain and not behind the wall."""
    if actor is None or contact is None:
        return actor is not None
    from linli.apps.needs.queries.wall import may_see_contact  # as above

    return may_see_contact(contact.need, actor)


_staff = holds(*HANDLERS)
handles = clock | (has_part & behind_no_wall) | (holds(*DISPATCHERS, Role.LEADER) & behind_no_wall)
"""Works on the need: whose unit has a part in it, or whoever dispatches there."""
analyses = clock | (holds(*WORKERS, *DISPATCHERS) & behind_no_wall)
dispatches = clock | (holds(*DISPATCHERS, Role.LEADER, Role.COMMUNITY_SECRETARY) & behind_no_wall)
handles_pages = _staff
"""Doors of verbs; which need it is decides the verb."""
rates = clock | (holds(*WORKERS, *DISPATCHERS, Role.LEADER) & behind_no_wall)
"""Enters what the resident said on the telephone or on paper; he himself says it with his code."""
decides_here = clock | (decides_pages & behind_no_wall)

publishes = holds(*DISPATCHERS) & behind_no_wall
"""Reads the redacted words of a need and shows them to everybody."""
raises_walls = clock | (holds(*WORKERS, *DISPATCHERS, Role.LEADER) & behind_no_wall)
"""Says that a need is a complaint about somebody; he may stand behind that wall himself afterwards."""
rescues = holds(Role.LEADER)
"""Names who handles a sensitive matter in which nobody is named any more."""
excludes_needs = clock | (holds(*KEEPERS) & behind_no_wall)
"""Leaves a need out of the figures, with a reason."""
keeps_issue_pages = holds(*WORKERS, *DISPATCHERS, Role.LEADER)
keeps_issues = clock | keeps_issue_pages
"""Keeps the board of proactive issues of his place."""

drafts_whistle_pages = holds(Role.COMMUNITY_SECRETARY, *DISPATCHERS)
drafts_whistles = clock | drafts_whistle_pages
keeps_whistle_pages = holds(Role.COMMUNITY_SECRETARY, *DISPATCHERS, Role.LEADER)
keeps_whistles = clock | keeps_whistle_pages
"""Keeps a whistle of his place: steps, paper, result."""
approves_whistle_pages = holds(Role.LEADER)
approves_whistles = clock | approves_whistle_pages
answers_call_pages = holds(*UNITS)
answers_calls = clock | answers_call_pages
"""Checks in and answers for the department called."""


@predicate
def mediates(actor: Actor | None, mediation: Any = None) -> bool:
    """Whoever is named in the need of the dispute and works on it; nobody else, whatever his post."""
    if actor is None or mediation is None:
        return True
    return bool(handles(actor, mediation.need))


@predicate
def plans_stages(actor: Actor | None, stage: Any = None) -> bool:
    """Works on the need whose stages these are."""
    if actor is None or stage is None:
        return True
    return bool(handles(actor, stage.plan.need))


@predicate
def keeps_sub_tasks(actor: Actor | None, task: Any = None) -> bool:
    """Works on the need the sub-task belongs to."""
    if actor is None or task is None:
        return True
    return bool(handles(actor, task.need))


@predicate
def _open_enough(actor: Actor | None, task: Any = None) -> bool:
    """A need that became sensitive closes its sub-tasks to those who are not named in it."""
    return actor is None or task is None or _in(actor, task.need)


answers_sub_tasks = clock | keeps_sub_tasks | (holds(*HANDLERS, *UNITS) & _open_enough)
"""Answers for the unit that was asked; whoever works on the need enters what came by telephone or paper."""
mediation_pages = holds(*HANDLERS)
sub_task_pages = holds(*HANDLERS, *UNITS)
rings_pages = holds(*WORKERS, *DISPATCHERS)
