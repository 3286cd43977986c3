"""Tables that only tests need, a file a mechanism."""

from tests.playground.models.binders import Binder, Shop
from tests.playground.models.brochures import Brochure
from tests.playground.models.contacts import CarelessVote, Contact, Question
from tests.playground.models.errands import Errand
from tests.playground.models.leaflets import Leaflet
from tests.playground.models.posters import Poster, Wish
from tests.playground.models.pots import Pot, Spend
from tests.playground.models.tallies import Tally
from tests.playground.models.verdicts import Verdict

__all__ = [
    "Binder",
    "Brochure",
    "CarelessVote",
    "Contact",
    "Errand",
    "Leaflet",
    "Poster",
    "Pot",
    "Question",
    "Shop",
    "Spend",
    "Tally",
    "Verdict",
    "Wish",
]
