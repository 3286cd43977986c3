"""What projects do when something happens elsewhere."""

from django.utils.translation import gettext_lazy as _

from linli.apps.agreements.models import Agreement
from linli.apps.projects.services import follow_decision, link_agreement, run_midterms
from linli.apps.projects.services.closing import take_results
from linli.apps.reviews.models import ReviewSession
from linli.apps.rounds.models import Decision
from linli.kernel.events import Event, hears
from linli.kernel.jobs import daily, periodic, task


@hears("agreements.agreement.sign")
def join_agreement(event: Event) -> None:
    """The sealed paper came back: the project it is about carries its number. Brought twice, it joins once."""
    assert event.ref is not None  # every verb of an agreement names it
    agreement = Agreement.objects.filter(pk=event.ref.id, state="signed").first()
    if agreement is not None:
        link_agreement(agreement, actor=None)


@hears("rounds.decision.amend")
def follow_later_decision(event: Event) -> None:
    """A decided round was decided on again: projects go by what stands now."""
    assert event.ref is not None  # every decision names itself
    decision = Decision.objects.filter(pk=event.ref.id).first()
    if decision is not None:
        follow_decision(decision, actor=None)


@periodic(daily(7))
@task(title=_("Remind of mid-term self-reports"))
def look_at_midterms() -> int:
    """Every morning: warn of self-reports that are due, fail those that never came; how many."""
    return sum(run_midterms())


@hears("reviews.session.close")
def take_grades(event: Event) -> None:
    """A closing review ended: every project it scored gets its grade. Heard twice, given once."""
    assert event.ref is not None  # every verb of a session names it
    session = ReviewSession.objects.filter(pk=event.ref.id, purpose="closing", rehearsal_of=None).first()
    if session is not None:
        take_results(session, actor=None)
