"""Addresses of needs: the desk's under /desk/needs/, the portal's under /needs/; one subject a file."""

from django.urls import URLPattern, URLResolver

from linli.apps.needs.urls.boards import BOARDS
from linli.apps.needs.urls.desk import DESK
from linli.apps.needs.urls.learning import LEARNING
from linli.apps.needs.urls.likeness import LIKENESS
from linli.apps.needs.urls.parts import PARTS
from linli.apps.needs.urls.portal import PORTAL
from linli.apps.needs.urls.tickets import TICKETS
from linli.apps.needs.urls.whistles import WHISTLES

app_name = "needs"
urlpatterns: list[URLPattern | URLResolver] = [
    *BOARDS,
    *LEARNING,
    *LIKENESS,
    *PARTS,
    *PORTAL,
    *TICKETS,
    *WHISTLES,
    *DESK,
]
