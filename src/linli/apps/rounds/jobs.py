"""What rounds do when something happens elsewhere."""

from linli.apps.rounds.models import Decision
from linli.apps.rounds.services import contest
from linli.kernel.events import Event, hears
from linli.kernel.refs import Ref


@hears("publicity.objection.uphold")
def send_back_to_decision(event: Event) -> None:
    """An objection to the notice of a decision was upheld: the decision is taken up again."""
    subject = Ref.parse(str(event.facts.get("subject", "")))
    if subject.kind == "rounds.decision":
        decision = Decision.objects.filter(pk=subject.id).first()
        if decision is not None:
            contest(decision, objection=str(event.facts.get("answer", "")), actor=None)
