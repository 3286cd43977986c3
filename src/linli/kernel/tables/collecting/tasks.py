"""Forms that wait for somebody's hand stand among his open work."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from linli.kernel.contributions import FormOffer, Task, TaskSource, contribute, contributions
from linli.kernel.refs import Ref, ref_of
from linli.kernel.scope.actors import Actor
from linli.kernel.tables.collecting.queries import owed_by
from linli.kernel.tables.collecting.records import OWED, UnitState

MOST = 200


def find_tasks(actor: Actor) -> Iterable[Task]:
    """The forms the actor still hands in, by the moment they are due. One query."""
    if not any(offer.hands_in(actor) for offer in contributions(FormOffer)):
        return
    for unit in owed_by(actor).filter(state__in=OWED)[:MOST]:
        title = f"{unit.collection.title}：{unit.label}"
        why = unit.reason if unit.state == UnitState.SENT_BACK else ""
        address = f"/desk/collections/units/{unit.pk}/"
        yield Task(ref_of(unit), title, address, _("Fill in and hand in"), due=unit.collection.due_at, why=why)


def hand_over(giver: UUID, taker: UUID, refs: Sequence[Ref]) -> int:
    """The form is owed by a unit, not by a person: nothing moves."""
    return 0


contribute(TaskSource("tables.collections", find_tasks, hand_over))
