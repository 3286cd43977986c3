"""The quota of each community as a formula gives it: a base and so much for every so many residents or households."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from linli.algorithms.allocation.sharing import proportional, quotas
from linli.apps.ledger.kinds import COUNTED
from linli.apps.ledger.models import Fund
from linli.apps.ledger.queries.funds import NOTHING, quotas_of, standing_of
from linli.apps.places.models import Figure, Level, Place
from linli.apps.places.queries import figure_kinds
from linli.kernel.money import format_yuan
from linli.kernel.settings import look

NAMES = (
    "ledger.quota_figure", "ledger.quota_base", "ledger.quota_per", "ledger.quota_each", "ledger.quota_village_base",
    "ledger.quota_village_per", "ledger.quota_floor", "ledger.quota_cap",
)  # fmt: skip
MORE_THAN_ANY_FUND = 10**15


@dataclass(frozen=True)
class FormulaRow:
    """A community: the figure that counts (None: not entered), written out, its quota, and how that came about."""

    place: Place
    figure: Figure | None
    counted: str
    amount: Decimal
    why: str


@dataclass(frozen=True)
class FormulaQuotas:
    """Quotas as the formula gives them, out of ``pot``: all of the fund that is not promised or set aside elsewhere."""

    rows: list[FormulaRow]
    pot: Decimal
    scaled: bool

    @property
    def total(self) -> Decimal:
        """What they sum to."""
        return sum((row.amount for row in self.rows), NOTHING)

    @property
    def missing(self) -> list[Place]:
        """Communities whose figure is not entered."""
        return [row.place for row in self.rows if row.figure is None]


def formula_quotas(fund: Fund, at: datetime | None = None) -> FormulaQuotas:
    """The formula of the street over its communities and villages in force. Five queries."""
    words = {name.rpartition(".")[2]: one.value for name, one in look(NAMES, street=fund.street_id, at=at).items()}
    words["quota_figure"] = COUNTED[words["quota_figure"]]
    held = [one for one in quotas_of(fund) if one.quota.place_id]
    pot = standing_of(fund).free + sum((one.quota.amount for one in held), NOTHING)
    places = Place.objects.filter(street=fund.street_id, level__in=(Level.COMMUNITY, Level.VILLAGE), valid_to=None)
    rows = list(places.order_by("code"))
    latest: dict[Any, Figure] = {}
    for figure in Figure.objects.filter(place__in=rows, kind=words["quota_figure"]).order_by("as_of", "id"):
        latest[figure.place_id] = figure
    wanted = _by_formula(rows, latest, words)
    scaled = sum(wanted.values()) > _fen(pot)
    shared = proportional(_fen(pot), wanted, caps=wanted) if scaled else None
    amounts = {one.id: one.amount for one in shared.grants} if shared else wanted
    found = [
        FormulaRow(
            place, latest.get(place.pk), _counted(latest.get(place.pk)), Decimal(amounts.get(str(place.pk), 0)) / 100,
            _why(place, latest.get(place.pk), words, wanted.get(str(place.pk), 0), scaled=scaled),
        )
        for place in rows
    ]  # fmt: skip
    return FormulaQuotas(found, pot, scaled)


def _counted(figure: Figure | None) -> str:
    return "" if figure is None else figure_kinds()[figure.kind].written(figure.value)


def _fen(amount: Decimal) -> int:
    return int(amount * 100)


def _is_village(place: Place) -> bool:
    return bool(place.level == Level.VILLAGE)


def _by_formula(places: list[Place], latest: Mapping[Any, Figure], words: Mapping[str, Any]) -> dict[str, int]:
    """Fen of each community with a figure, before anything is scaled down."""
    found: dict[str, int] = {}
    cap = _fen(words["quota_cap"]) or None
    for village in (False, True):
        counted = {
            str(one.pk): int(latest[one.pk].value) for one in places if one.pk in latest and _is_village(one) == village
        }
        kind = "quota_village_" if village else "quota_"
        given = quotas(
            counted, MORE_THAN_ANY_FUND, base=_fen(words[f"{kind}base"]), per=_fen(words[f"{kind}per"]),
            each=words["quota_each"], floor=_fen(words["quota_floor"]), cap=cap,
        )  # fmt: skip
        found |= {grant.id: grant.amount for grant in given.grants}
    return found


def _why(place: Place, figure: Figure | None, words: Mapping[str, Any], wanted: int, *, scaled: bool) -> str:
    """How a quota came about, in a sentence."""
    if figure is None:
        return _("This figure is not entered yet.")
    kind, counted = "quota_village_" if _is_village(place) else "quota_", figure_kinds()[words["quota_figure"]]
    told = {
        "base": format_yuan(words[f"{kind}base"]), "groups": int(figure.value) // words["quota_each"],
        "per": format_yuan(words[f"{kind}per"]), "each": words["quota_each"], "unit": counted.unit,
        "wanted": format_yuan(Decimal(wanted) / 100),
    }  # fmt: skip
    raw = _fen(words[f"{kind}base"]) + told["groups"] * _fen(words[f"{kind}per"])
    sentence = _("%(base)s + %(groups)s × %(per)s (for every %(each)s %(unit)s)") % told
    if wanted != raw:
        sentence = _("%(formula)s, held at %(wanted)s") % {**told, "formula": sentence}
    if scaled:
        sentence = _("%(formula)s, in proportion to what the fund has") % {"formula": sentence}
    return sentence
