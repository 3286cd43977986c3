"""What a residents' choice keeps about a person: that somebody took part, never what was chosen; who typed papers."""

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.apps.rounds.models import ChoiceState, PaperVoter, ResidentsChoice, TypedBallot
from linli.kernel.contributions import Basis, Person, PersonalData
from linli.kernel.contributions import contribute as add
from linli.kernel.privacy import Retention, nothing_rests, retain, stays
from linli.kernel.privacy.models import Participation

STAYS = _("That somebody took part is kept until the choice is counted, so that nobody votes twice.")
COUNTED = (ChoiceState.CLOSED, ChoiceState.PUBLISHED)


def _keys(person: Person) -> list[UUID]:
    return [key for key in (person.user_id, person.person_id) if key is not None]


def _rows(person: Person, *states: str) -> tuple[QuerySet[Any], QuerySet[Any]]:
    """(took part by phone, was given a paper) in choices of these states, in all unless said."""
    choices = ResidentsChoice.objects.filter(Q(state__in=states) if states else Q()).order_by()
    boxes = choices.filter(box__isnull=False).values("box")
    keys = _keys(person)
    return (
        Participation.objects.filter(box__in=boxes, participant__in=keys),
        PaperVoter.objects.filter(choice__in=choices.values("pk"), participant__in=keys),
    )


def _typed(person: Person) -> QuerySet[TypedBallot]:
    rows = TypedBallot.objects.select_related("choice__round")
    return rows.none() if person.user_id is None else rows.filter(typist=person.user_id)


def find(person: Person) -> int:
    """How many rows are about this person. Three queries."""
    return sum(rows.count() for rows in (*_rows(person), _typed(person)))


def export(person: Person) -> list[dict[str, Any]]:
    """In which choices somebody took part, and which papers he typed; what was chosen is nobody's to tell."""
    phone, paper = _rows(person)
    boxes, choices = phone.values("box"), paper.values("choice")
    took = ResidentsChoice.objects.filter(Q(box__in=boxes) | Q(pk__in=choices)).select_related("round")
    return [
        *({"参加居民评选": choice.round.title} for choice in took),
        *({"录入选票": f"{row.choice.round.title} 第{row.number}张"} for row in _typed(person)),
    ]


def erase(person: Person) -> str | Promise:
    """That somebody took part in a counted choice is forgotten; an open one keeps it, so that nobody votes twice."""
    for rows in _rows(person, *COUNTED):
        rows.delete()
    return STAYS if find(person) else ""


def contribute() -> None:
    """Answer for participations and typed papers."""
    add(
        PersonalData(
            name="rounds.choice",
            title=_("Residents' choices"),
            models=(TypedBallot,),
            find=find,
            export=export,
            erase=erase,
            freeze=stays(STAYS),
            unfreeze=nothing_rests,
            purpose=_("So that everybody takes part once"),
            basis=Basis.DUTY,
            retention="rounds.choice",
        )
    )
    retain(
        Retention(
            "rounds.choice", None, "随轮次保存；选票与参与名单互不关联，年限由街道确认", "K",
            title=_("Residents' choices"), since=_("as long as the round is kept"),
        )
    )  # fmt: skip
