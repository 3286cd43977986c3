"""What rescue adds: the task of a leader, by number and kind alone, and the name of the verb."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linli.apps.needs import queries
from linli.apps.needs.permissions import rescues
from linli.kernel.audit import register_action
from linli.kernel.contributions import Task, TaskSource
from linli.kernel.contributions import contribute as add
from linli.kernel.refs import Ref, ref_of
from linli.kernel.scope import Actor

MOST = 50


def find_unnamed(actor: Actor) -> Iterable[Task]:
    """Sensitive needs that are open to nobody; for leaders."""
    if not rescues(actor, None):
        return
    for row in queries.unnamed_for(actor)[:MOST]:
        title, page = f"{row.number} · {row.get_sensitivity_display()}", reverse("needs:name_handler", args=[row.pk])
        verb, why = str(_("Name who handles it")), str(_("Nobody is named in it any more"))
        yield Task(ref_of(row), title, page, verb, why=why, since=row.received_at, quiet=True)


def nothing_moves(giver: UUID, taker: UUID, refs: Sequence[Ref]) -> int:
    """It waits for whoever leads, not for a person."""
    return 0


def contribute() -> None:
    """Enter both."""
    register_action(
        "needs.need.name_handler",
        _("named who handles the need, as nobody was named any more"),
        words={"unit": _("unit"), "name": _("person")},
    )
    add(TaskSource("needs.unnamed", find_unnamed, nothing_moves))
