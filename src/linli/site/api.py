"""The interface for other systems: every app's routes under ``/api/v1/``."""

from linli.apps.activities.api import DOORS as ACTIVITIES
from linli.apps.agreements.api import DOORS as AGREEMENTS
from linli.apps.incubation.api import DOORS as INCUBATION
from linli.apps.ledger.api import DOORS as LEDGER
from linli.apps.needs.api import DOORS as NEEDS
from linli.apps.ordering.api import DOORS as ORDERING
from linli.apps.people.api import DOORS as PEOPLE
from linli.apps.places.api import DOORS as PLACES
from linli.apps.projects.api import DOORS as PROJECTS
from linli.apps.reviews.api import DOORS as REVIEWS
from linli.apps.rounds.api import DOORS as ROUNDS
from linli.apps.surveys.api import DOORS as SURVEYS
from linli.kernel.api import Shell
from linli.kernel.api.routes import DOORS

SHELL = Shell(version="1")
SHELL.mount(
    DOORS, PLACES, PEOPLE, AGREEMENTS, REVIEWS, ROUNDS, PROJECTS, ACTIVITIES, SURVEYS, LEDGER, NEEDS, INCUBATION,
    ORDERING,
)  # fmt: skip
