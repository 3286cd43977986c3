"""Who holds which post: for the system administrator, to read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from linli.apps.people import queries
from linli.apps.people.permissions import reads_posts
from linli.kernel.scope import Role, permission
from linli.kernel.scope.doors import actor_of
from linli.kernel.ui.lists import Column, Filter, ListPage

COLUMNS = (
    Column("role", _("Role"), sort="role"),
    Column("person", _("Person")),
    Column("where", _("Place or organization")),
    Column("phone", _("Telephone")),
    Column("started_on", _("Since"), sort="started_on"),
    Column("ended_on", _("Until")),
)


@permission(reads_posts)
def post_list(request: HttpRequest) -> HttpResponse:
    """The posts at the places and organizations I look after."""
    rows = queries.posts_visible_to(actor_of(request)).select_related("user", "place", "organization")
    roles = (Filter("role", _("Role"), Role.choices),)
    page = ListPage(request, rows, columns=COLUMNS, filters=roles, first_sort="role")
    return render(request, "people/posts.html", {"page": page})
