"""The interface for other systems: every app's routes under ``/api/v1/``."""

from linli.apps.agreements.api import DOORS as AGREEMENTS
from linli.apps.people.api import DOORS as PEOPLE
from linli.apps.places.api import DOORS as PLACES
from linli.apps.reviews.api import DOORS as REVIEWS
from linli.apps.rounds.api import DOORS as ROUNDS
from linli.kernel.api import Shell
from linli.kernel.api.routes import DOORS

SHELL = Shell(version="1")
SHELL.mount(DOORS, PLACES, PEOPLE, AGREEMENTS, REVIEWS, ROUNDS)
