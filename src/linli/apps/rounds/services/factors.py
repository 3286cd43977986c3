"""Writing down what an earlier year's result means for the next one."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.organizations.models import Organization
from linli.apps.places.models import Place
from linli.apps.rounds.models import YearFactor
from linli.apps.rounds.permissions import keeps_rounds
from linli.apps.rounds.services.keeping import require, said
from linli.kernel.errors import Refusal
from linli.kernel.events import record
from linli.kernel.refs import Ref
from linli.kernel.scope import Actor

MOST = Decimal(5)


def write_factor(
    *,
    bearer: Organization | Place,
    place: Place,
    year: int,
    grade: str,
    factor: Decimal,
    source: Ref,
    source_title: str,
    actor: Actor | None,
    at: datetime | None = None,
) -> YearFactor:
    """The factor for ``year`` of whoever bore ``source``; a second word on the same source replaces the first.

    Proposals of the bearer show it, and the plan of that year's round beside them. Raises Refusal for a factor
    below 0 or above 5.
    """
    if not 0 <= factor <= MOST:
        raise Refusal(_("A factor lies between 0 and 5."), field="factor")
    at = at or timezone.now()
    row = YearFactor(place=place)
    require(keeps_rounds, actor, row)
    columns = {
        "place": place,
        "organization": bearer if isinstance(bearer, Organization) else None,
        "community": bearer if isinstance(bearer, Place) else None,
        "grade": said(grade, "grade", _("Name the grade."))[:20],
        "factor": factor,
        "source_title": source_title[:160],
        "made_at": at,
    }
    with transaction.atomic():
        row, _made = YearFactor.objects.update_or_create(
            source_kind=source.kind, source_id=source.id, year=year, defaults=columns
        )
        facts = {"name": str(bearer), "year": year, "grade": row.grade, "factor": str(factor)}
        record("rounds.factor.write", row, actor=actor, facts=facts, at=at)
    return row
