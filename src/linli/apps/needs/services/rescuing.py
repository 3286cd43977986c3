"""Rescue of a sensitive matter that is open to nobody any more: a leader names who handles it, unread."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.apps.needs.models import Assignment, Came, Duty, Need
from linli.apps.needs.permissions import rescues
from linli.apps.needs.queries.rescuing import unnamed_for
from linli.apps.needs.queries.units import places_for
from linli.apps.needs.services.dispatching import change_owner
from linli.apps.needs.services.keeping import moment, require
from linli.apps.needs.services.parts import close_part, works_in
from linli.apps.needs.services.telling import tell
from linli.apps.people.models import User
from linli.apps.places.models import Place
from linli.kernel.audit import Personal
from linli.kernel.errors import Conflict, Missing, Refusal
from linli.kernel.events import record
from linli.kernel.scope import Actor


def name_handler(key: UUID, *, user: User, actor: Actor, at: datetime | None = None) -> Assignment:
    """Name who follows a sensitive need in which nobody is named any more; whoever names him reads nothing of it.

    Raises Missing for any other need, Conflict where somebody was named meanwhile, Refusal for who works elsewhere.
    """
    require(rescues, actor, None)
    when = moment(at)
    need = Need.objects.select_related("street", "place").filter(pk=key).first()
    if need is None or not unnamed_for(actor).filter(pk=key).exists():
        raise Missing(_("In this need somebody is named, or it is not open to you."))
    unit = _unit_of(user, need)
    with transaction.atomic():
        if not Need.objects.filter(pk=key, version=need.version).update(version=need.version + 1):
            raise Conflict(_("Somebody was named just now. Load the page again."), code="stale")
        for gone in need.assignments.filter(duty=Duty.HANDLER, until__isnull=True):
            close_part(gone, at=when)
        part = change_owner(need, user, unit, Came.DISPATCH, actor=actor, at=when)
        facts = {"unit": str(unit), "name": Personal(user.pk, user.name)}
        record("needs.need.name_handler", need, actor=actor, facts=facts, at=when)
        tell(
            need, [user], kind="needs.need.dispatch", actor=actor, at=when,
            text=_("You are named to follow need %(number)s. It is open to you alone."),
        )  # fmt: skip
    return part


def _unit_of(user: User, need: Need) -> Place:
    """The place of the street at which he works. Raises Refusal."""
    found = next((place for place in places_for(need).filter(street=need.street_id) if works_in(user, place)), None)
    if found is None and works_in(user, need.street):
        found = need.street
    if found is None:
        raise Refusal(_("This person does not work there."), field="user", code="elsewhere")
    return found
