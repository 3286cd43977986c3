"""Making a person's sealed facts unreadable for ever, while the rows that hold them stay and still verify."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.kernel import audit
from linli.kernel.audit.facts import person_key
from linli.kernel.scope.actors import Actor
from linli.kernel.seals import destroy_key

audit.register_action(
    "privacy.person.erase",
    _("destroyed the key of a person's sealed facts"),
    keep=audit.Keep.FOR_EVER,
    words={"person": _("person"), "reason": _("reason")},
)


@transaction.atomic
def erase(person: UUID, *, actor: Actor | None, reason: str) -> bool:
    """Destroy the person's own key. True when there was one to destroy; a second call does nothing.

    What lies open in columns is erased by each subject's ``PersonalData``.
    """
    destroyed = destroy_key(person_key(person))
    if destroyed:
        facts = {"person": person, "reason": reason}
        audit.record("privacy.person.erase", None, actor=actor, facts=facts)
    return destroyed
