"""Reads of agreements, their opinions and templates."""

from uuid import UUID

from django.db.models import Exists, F, OuterRef, QuerySet

from linli.apps.agreements.kinds import OFFICE_WORDS
from linli.apps.agreements.models import (
    Agreement,
    AgreementState,
    AgreementTemplate,
    OfficeOpinion,
    OpinionOffice,
)
from linli.apps.agreements.permissions import OFFICES, READERS
from linli.kernel.refs import Ref
from linli.kernel.scope import Actor
from linli.kernel.settings import value_of


def visible_to(actor: Actor | None, rows: QuerySet[Agreement] | None = None) -> QuerySet[Agreement]:
    """Agreements of the streets where the actor's posts read them."""
    rows = Agreement.objects.all() if rows is None else rows
    return rows.none() if actor is None else rows.filter(street__in=actor.reach(*READERS).places)


def templates_visible_to(
    actor: Actor | None, rows: QuerySet[AgreementTemplate] | None = None
) -> QuerySet[AgreementTemplate]:
    """Templates of the streets where the actor's posts read agreements."""
    rows = AgreementTemplate.objects.all() if rows is None else rows
    return rows.none() if actor is None else rows.filter(street__in=actor.reach(*READERS).places)


def template_of(street: UUID) -> AgreementTemplate | None:
    """The template a street uses now; None: the one that ships."""
    return AgreementTemplate.objects.filter(street=street).order_by("-version").first()


def agreements_about(subject: Ref) -> QuerySet[Agreement]:
    """The agreements about one record, the latest first."""
    rows = Agreement.objects.filter(subject_kind=subject.kind, subject_id=subject.id)
    return rows.order_by("-drawn_up_at", "-id")


def signed_for(subject: Ref) -> Agreement | None:
    """The signed agreement about one record. One query."""
    return agreements_about(subject).filter(state=AgreementState.SIGNED).first()


def offices_of(street: UUID) -> list[str]:
    """The offices whose opinion the street asks for, in the order of the sheet. One query."""
    chosen = str(value_of("agreements.offices", street=street))
    wanted = {OFFICE_WORDS.get(word.strip(), "") for word in chosen.replace("，", ",").replace("、", ",").split(",")}
    return [office for office in OpinionOffice.values if office in wanted]


def opinions_of(agreement: Agreement) -> list[OfficeOpinion]:
    """What the offices said in the present round of review. One query."""
    return list(agreement.opinions.filter(review=agreement.review))


def missing_opinions(agreement: Agreement) -> list[str]:
    """The offices that have not spoken in the present round. Two queries."""
    given = {row.office for row in opinions_of(agreement)}
    return [office for office in offices_of(agreement.street_id) if office not in given]


def waiting_for_opinion(actor: Actor) -> list[tuple[Agreement, str]]:
    """Agreements under review with an office the street asks, for which this actor speaks and that has not spoken.

    Two queries, and one a street.
    """
    asked: dict[UUID, list[str]] = {}
    found: list[tuple[Agreement, str]] = []
    for office in ("finance", "leader"):
        spoken = OfficeOpinion.objects.filter(agreement=OuterRef("pk"), review=OuterRef("review"), office=office)
        rows = Agreement.objects.filter(state=AgreementState.IN_REVIEW).filter(~Exists(spoken))
        rows = rows.filter(street__in=actor.reach(*OFFICES[office]).places).order_by(F("drawn_up_at"))
        for row in rows[:100]:
            if row.street_id not in asked:
                asked[row.street_id] = offices_of(row.street_id)
            if office in asked[row.street_id]:
                found.append((row, office))
    return found
