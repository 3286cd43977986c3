"""What projects do when something happens elsewhere."""

from linli.apps.agreements.models import Agreement
from linli.apps.projects.services import link_agreement
from linli.kernel.events import Event, hears


@hears("agreements.agreement.sign")
def join_agreement(event: Event) -> None:
    """The sealed paper came back: the project it is about carries its number. Brought twice, it joins once."""
    assert event.ref is not None  # every verb of an agreement names it
    agreement = Agreement.objects.filter(pk=event.ref.id, state="signed").first()
    if agreement is not None:
        link_agreement(agreement, actor=None)
