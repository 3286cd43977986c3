"""What every page needs to know: product, look chosen by the reader, hotline, navigation."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from linli.kernel.contributions import NavItem, NavSection, contributions, remarks
from linli.kernel.scope.doors import actor_of
from linli.kernel.scope.roles import STAFF
from linli.kernel.ui.face import face

THEMES = ("auto", "light", "dark")
THEME_COOKIE = "linli_theme"
ELDER_COOKIE = "linli_elder"
FRONT = "/desk/"


@dataclass(frozen=True)
class Look:
    """How the page looks for this reader; kept in two cookies so that the server draws it right at once."""

    theme: str
    elder: bool
    hotline: str
    place: str
    search_address: str
    idle_minutes: str
    colours: str

    @property
    def theme_now(self) -> str:
        """What the server can draw: "auto" is light until the browser says otherwise."""
        return "dark" if self.theme == "dark" else "light"

    @property
    def product(self) -> str:
        return _("Linli")

    @property
    def remarks(self) -> list[str]:
        """Lines that stand on every page now."""
        return remarks()


@dataclass(frozen=True)
class NavEntry:
    """One page of the desk's menu as the template reads it."""

    label: str
    address: str
    current: bool = False


@dataclass(frozen=True)
class NavGroup:
    """A section of the desk's menu with the pages this reader may open; its head leads to the first of them."""

    label: str
    entries: tuple[NavEntry, ...]

    @property
    def address(self) -> str:
        return self.entries[0].address

    @property
    def current(self) -> bool:
        return any(entry.current for entry in self.entries)


def look_of(request: HttpRequest) -> Look:
    theme = request.COOKIES.get(THEME_COOKIE, "auto")
    own = face()
    return Look(
        theme=theme if theme in THEMES else "auto",
        elder=request.COOKIES.get(ELDER_COOKIE) == "1",
        hotline=settings.LINLI_HOTLINE,
        place=own.name or getattr(settings, "LINLI_PLACE", ""),
        search_address=reverse("ui:search"),
        idle_minutes=str(settings.LINLI_IDLE_MINUTES),
        colours=reverse("ui:colours", args=[own.own_colour]) if own.own_colour else "",
    )


def page(request: HttpRequest) -> dict[str, Any]:
    """The context processor: ``look``, ``nav`` and ``works_here`` (whether the reader has a desk)."""
    nav = SimpleLazyObject(lambda: navigation(request))
    return {"look": look_of(request), "nav": nav, "works_here": SimpleLazyObject(lambda: works_here(request))}


def works_here(request: HttpRequest) -> bool:
    """Whether the reader holds a post that opens the desk; everybody else lives on the portal."""
    actor = actor_of(request)
    return actor is not None and bool(actor.roles() & STAFF)


def navigation(request: HttpRequest) -> list[NavGroup]:
    """The desk's menu for this reader: sections in their order, each with the pages he may open.

    It is drawn by the desk's frame alone, wherever that frame stands; the portal's pages never ask for it.
    """
    actor = actor_of(request)
    if actor is None:
        return []
    items = [item for item in contributions(NavItem) if item.allowed(actor, None)]
    addresses = {item.name: reverse(item.route) for item in items}
    ways = [(address, address) for address in addresses.values() if _leads_to(address, request.path)]
    ways += [(way, addresses[item.name]) for item in items for way in item.also if request.path.startswith(way)]
    _longest, nearest = max(ways, key=lambda way: len(way[0]), default=("", ""))
    groups = []
    for section in sorted(contributions(NavSection), key=lambda one: one.order):
        own = sorted((item for item in items if item.section == section.name), key=lambda one: one.order)
        entries = [
            NavEntry(str(item.title), addresses[item.name], current=addresses[item.name] == nearest) for item in own
        ]
        if entries:
            groups.append(NavGroup(str(section.title), tuple(entries)))
    return groups


def _leads_to(address: str, path: str) -> bool:
    """Whether a page belongs to a menu entry; the desk's own front counts for itself only."""
    return path == address or (address != FRONT and path.startswith(address))
