"""What people add to the front pages: who is away, terms that end, the public cards, the door to them."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.apps.people import queries
from linli.apps.people.models import User
from linli.apps.people.permissions import reads_cards, sees_own_data
from linli.apps.people.queries.posts import AHEAD
from linli.apps.places.models import Place
from linli.kernel.contributions import Number, PagePart, PortalDoor, Reading
from linli.kernel.scope import Actor
from linli.kernel.settings import value_of

TODAY = "people.desk.today"
"""The slot of duties on the desk's front page: each part says what its reader does, or has to know, today.

The record of a part is the reader's account. ``ui/part_duties.html`` draws lines of ``text``, ``note``, ``address``.
"""


def stands_in(actor: Actor | None, user: User) -> dict[str, Any] | None:
    """For whom the reader acts today, and who acts for him. Two queries, none where nobody is away."""
    lines = []
    for line in queries.standing_in(user, timezone.localdate()):
        said = {"post": line.post, "person": line.deputy, "until": line.until}
        if line.mine:
            text = _("You act as %(post)s") % said
        elif line.deputy is None:
            text = _("You are away; nobody stands in for %(post)s") % said
        elif line.deputy_is_away:
            text = _("You are away, and so is %(person)s, who should act as %(post)s") % said
        else:
            text = _("You are away; %(person)s acts as %(post)s") % said
        lines.append({"text": text, "note": _("until %(until)s") % said})
    return {"lines": lines} if lines else None


def own_terms(actor: Actor | None, user: User) -> dict[str, Any] | None:
    """The reader's own posts whose term ends soon or ran out; no query."""
    last = timezone.localdate() + AHEAD
    mine = [post for post in user.posts_in_force if post.user_id == user.pk and post.term_ends_on]
    lines = [
        {
            "text": f"{post.where} {post.get_role_display()}",
            "note": _("term runs until %(day)s") % {"day": post.term_ends_on},
        }
        for post in mine
        if post.term_ends_on and post.term_ends_on <= last
    ]
    return {"lines": lines} if lines else None


def cards_here(actor: Actor | None, place: Place, on: date, before: date) -> Reading | None:
    """Contact cards the neighbours can read. One query."""
    if actor is None:
        shown = queries.public_cards(place).count()
        return Reading(shown, f"{reverse('places:community', args=[place.pk])}#cards-title")
    if not reads_cards(actor, None):
        return None
    rows = queries.public_only(queries.visible_to(actor)).filter(community__paths_up__ancestor=place)
    return Reading(rows.count(), f"{reverse('people:cards')}?state=public")


def joining(actor: Actor | None, record: object) -> dict[str, Any] | None:
    """The way to an account, under the form to sign in, where residents may open one themselves."""
    return {} if value_of("people.self_registration") else None


FRONTS = (
    PagePart(TODAY, "people.away", "ui/part_duties.html", stands_in, order=10),
    PagePart(TODAY, "people.terms", "ui/part_duties.html", own_terms, order=20),
    Number("cards", gettext_lazy("Public contact cards"), cards_here, order=20, public=True),
    PortalDoor(
        "contact",
        gettext_lazy("Contact us"),
        "places:community",
        "phone",
        gettext_lazy("Whom to call, about what, and when"),
        order=50,
        of_community=True,
        part="cards-title",
    ),
    PortalDoor(
        "my_data",
        gettext_lazy("My data"),
        "people:my_data",
        "user",
        gettext_lazy("What is kept about me, what I agreed to, what I asked"),
        order=95,
        allowed=sees_own_data,
    ),
    PagePart("ui.sign_in", "people.join", "people/part_join.html", joining),
)
