"""What the center does when something happens elsewhere."""

from linli.apps.incubation.models import StarRound, StarState
from linli.apps.incubation.services import reckon, take_stars_back
from linli.apps.reviews.models import ReviewSession
from linli.kernel.events import Event, hears
from linli.kernel.refs import Ref


@hears("publicity.objection.uphold")
def take_up_again(event: Event) -> None:
    """An objection to the notice of a year's stars was upheld: they are reckoned again. Heard twice, done once."""
    subject = Ref.parse(str(event.facts.get("subject", "")))
    if subject.kind == "incubation.star_round":
        row = StarRound.objects.filter(pk=subject.id, state=StarState.NOTICED).first()
        if row is not None:
            take_stars_back(row, reason=str(event.facts.get("answer", "")) or "公示异议成立", actor=None)


@hears("reviews.session.close")
def take_reviews(event: Event) -> None:
    """The report of a year was rated: a draft of its stars is reckoned with it."""
    assert event.ref is not None  # every verb of a session names it
    session = ReviewSession.objects.filter(pk=event.ref.id, rehearsal_of=None).first()
    row = StarRound.objects.filter(session=session, state=StarState.DRAFTED).first() if session is not None else None
    if row is not None:
        reckon(row, actor=None)
