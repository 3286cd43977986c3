"""Collections (催报): one form asked of many units, filed by the code on it, reminded, checked, taken over."""

from typing import TYPE_CHECKING

from linli.kernel import lazily

if TYPE_CHECKING:
    from linli.kernel.tables.collecting.filling import find_unit, hand_in, type_in
    from linli.kernel.tables.collecting.offers import form_offer, form_offers_for, may_collect
    from linli.kernel.tables.collecting.papers import blank, blanks, summary
    from linli.kernel.tables.collecting.queries import Standing, kept_by, owed_by, standing_of, units_visible_to
    from linli.kernel.tables.collecting.records import Collection, CollectionUnit, UnitState
    from linli.kernel.tables.collecting.verbs import accept, close, open_collection, remind, send_back
else:
    __getattr__ = lazily(
        __name__,
        papers="blank blanks summary",
        filling="find_unit hand_in type_in",
        offers="form_offer form_offers_for may_collect",
        queries="Standing kept_by owed_by standing_of units_visible_to",
        records="Collection CollectionUnit UnitState",
        verbs="accept close open_collection remind send_back",
    )

__all__ = [
    "Collection",
    "CollectionUnit",
    "Standing",
    "UnitState",
    "accept",
    "blank",
    "blanks",
    "close",
    "find_unit",
    "form_offer",
    "form_offers_for",
    "hand_in",
    "kept_by",
    "may_collect",
    "open_collection",
    "owed_by",
    "remind",
    "send_back",
    "standing_of",
    "summary",
    "type_in",
    "units_visible_to",
]
