"""What follows once it stands: the stars become a standing and a factor of the next year; who is barred from claims."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from linli.apps.incubation.lifecycle import STAR_ROUNDS
from linli.apps.incubation.models import StarRating, StarRound
from linli.apps.incubation.queries import STARS
from linli.apps.incubation.services.rating import WORD, is_concluded
from linli.apps.ordering.queries import MAY_NOT, UNDERTAKING
from linli.apps.organizations.models import Organization
from linli.apps.organizations.queries import standing_of
from linli.apps.organizations.services import end_standing, give_standing
from linli.apps.rounds.services import write_factor
from linli.kernel.events import record
from linli.kernel.refs import Ref, ref_of
from linli.kernel.scope import Actor
from linli.kernel.settings import look

FACTORS = {5: "factor_five", 4: "factor_four", 3: "factor_three", 0: "factor_none"}
BARS = "gate_bars_claims"


def give_stars(row: StarRound, *, actor: Actor | None, at: datetime | None = None) -> None:
    """Give the stars of a concluded notice: a standing of one year, and the factor of the next year's money (E49).

    Stars of an earlier year end on the day. Who was not reckoned for want of months or review gets neither.
    """
    when = at or timezone.now()
    day = timezone.localdate(when)
    until = _next_year(day)
    settings = look([f"incubation.{name}" for name in (*FACTORS.values(), BARS)], street=row.street_id, at=when)
    ratings = list(row.ratings.select_related("organization__place", "round__street"))
    with transaction.atomic():
        given = sum(one.stars > 0 for one in ratings)
        STAR_ROUNDS.apply(
            "give", row, actor=actor, facts={"concluded": is_concluded(row), "day": day, "given": given}, at=when,
            final_at=when, valid_from=day, valid_to=until,
        )  # fmt: skip
        for one in ratings:
            _stand(one, day, actor, when)
            if one.points is not None or (one.party is not None and not one.passed):
                _weigh(one, settings[f"incubation.{FACTORS[one.stars]}"].value, actor, when)
            if one.party is not None and not one.passed and settings[f"incubation.{BARS}"].value:
                bar_claims(
                    one.organization, on=day, until=until, reason="党建前置项未通过", source=_said(row),
                    source_ref=ref_of(one), actor=actor, at=when,
                )  # fmt: skip


def _next_year(day: date) -> date:
    """The same day a year later; of 29 February the day after."""
    return day.replace(year=day.year + 1) if (day.month, day.day) != (2, 29) else date(day.year + 1, 3, 1)


def _said(row: StarRound) -> str:
    return f"{row.year}年度社会组织星级评定"


def _stand(rating: StarRating, day: date, actor: Actor | None, when: datetime) -> None:
    source = _said(rating.round)
    before = standing_of(rating.organization, STARS, day)
    if before is not None:
        end_standing(before, on=day, reason=source, actor=actor, at=when)
    if rating.stars:
        give_standing(
            rating.organization, kind=STARS, value=WORD[rating.stars], valid_from=day, source=source,
            source_ref=ref_of(rating), actor=actor, at=when,
        )  # fmt: skip


def _weigh(rating: StarRating, factor: Decimal, actor: Actor | None, when: datetime) -> None:
    row = rating.round
    write_factor(
        bearer=rating.organization, place=row.street, year=row.year + 1, grade=WORD[rating.stars], factor=factor,
        source=ref_of(rating), source_title=_said(row), actor=actor, at=when,
    )  # fmt: skip


def bar_claims(
    organization: Organization,
    *,
    on: date,
    reason: str,
    source: str,
    source_ref: Ref,
    actor: Actor | None,
    until: date | None = None,
    at: datetime | None = None,
) -> None:
    """From the day on it may claim no services; contracts under way are not touched. Barred already, it stays so."""
    held = standing_of(organization, UNDERTAKING, on)
    if held is not None and held.value == MAY_NOT:
        return
    with transaction.atomic():
        if held is not None:
            end_standing(held, on=on, reason=reason, actor=actor, at=at)
        give_standing(
            organization, kind=UNDERTAKING, value=MAY_NOT, valid_from=on, valid_to=until, reason=reason, source=source,
            source_ref=source_ref, actor=actor, at=at,
        )  # fmt: skip
        facts = {"day": on, "until": until, "reason": reason}
        record("incubation.exit.bar", organization, actor=actor, facts=facts, at=at)
