"""Papers of a residents' choice: typed by two people who do not see each other's; differences settled by the paper."""

from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from linli.apps.rounds.models import ChoiceState, ResidentsChoice, TypedBallot
from linli.apps.rounds.permissions import keeps_papers
from linli.apps.rounds.queries.choice import written
from linli.apps.rounds.queries.typings import difference
from linli.apps.rounds.services.casting import check_picks, hold
from linli.apps.rounds.services.choosing import require_state
from linli.apps.rounds.services.keeping import require
from linli.kernel import privacy
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.events import record
from linli.kernel.refs import random_key
from linli.kernel.scope import Actor


def type_paper(choice: ResidentsChoice, *, number: int, picks: Mapping[int, int], actor: Actor) -> bool:
    """One of two typings of the paper with this number; True once the second one says the same and it is counted.

    No picks: a blank or spoiled paper. Where both differ nothing is counted, and ``settle_paper`` decides. Refuses
    the same person twice, a third typing, more papers than were given out.
    """
    content = _checked(choice, number, picks, actor)
    with transaction.atomic():
        hold(choice)
        before = list(choice.typings.filter(number=number))
        if len(before) > 1:
            raise Conflict(_("This paper was typed twice already."), code="typed-twice")
        try:
            with transaction.atomic():
                TypedBallot.objects.create(
                    choice=choice, number=number, turn=len(before) + 1, content=content, typist_id=actor.actor_id
                )
        except IntegrityError:
            raise Refusal(
                _("You typed this paper yourself; a second person types it again."), code="same-typist"
            ) from None
        if not before or before[0].content != content:
            return False
        _into_the_box(choice, number, content)
    return True


def settle_paper(
    choice: ResidentsChoice, *, number: int, picks: Mapping[int, int], actor: Actor, at: datetime | None = None
) -> None:
    """What the paper really says, where two typings differ: read again from the paper. Refuses before both stand."""
    content = _checked(choice, number, picks, actor)
    with transaction.atomic():
        hold(choice)
        if difference(choice, number) is None:
            raise Refusal(_("There is no difference to settle: type the paper twice first."), code="no-difference")
        _into_the_box(choice, number, content)
        record("rounds.choice.settle", choice.round, actor=actor, facts={"number": number}, at=at)


def type_again(choice: ResidentsChoice, *, number: int, actor: Actor) -> None:
    """Throw the typings of a paper away that is not counted yet, for instance when its number was mistaken."""
    require(keeps_papers, actor, choice)
    require_state(choice, ChoiceState.OPEN)
    if not TypedBallot.objects.filter(choice=choice, number=number, is_counted=False).delete()[0]:
        raise Conflict(_("This paper is counted, or was not typed yet."))


def _checked(choice: ResidentsChoice, number: int, picks: Mapping[int, int], actor: Actor) -> str:
    require(keeps_papers, actor, choice)
    require_state(choice, ChoiceState.OPEN)
    choice.refresh_from_db(fields=["handed_out"])
    if not 1 <= number <= choice.handed_out:
        raise Refusal(
            _("%(count)d papers were given out; write the numbers 1 to %(count)d on them.")
            % {"count": choice.handed_out},
            code="too-many-papers",
            field="number",
        )
    return written(choice.kind, check_picks(choice, picks) if any(picks.values()) else {})


def _into_the_box(choice: ResidentsChoice, number: int, content: str) -> None:
    """Count the paper and forget what was typed; never more papers than were given out."""
    rows = ResidentsChoice.objects.filter(pk=choice.pk, typed_in__lt=F("handed_out"))
    if not rows.update(typed_in=F("typed_in") + 1):
        raise Conflict(_("All papers that were given out are counted already."), code="too-many-papers")
    assert choice.box is not None  # an open choice has its box
    privacy.cast(choice.box, participant=random_key(), content=content)
    TypedBallot.objects.filter(choice=choice, number=number).update(is_counted=True, content="")
