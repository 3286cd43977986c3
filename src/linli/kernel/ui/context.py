"""What every page needs to know: product, look chosen by the reader, hotline, navigation."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

THEMES = ("auto", "light", "dark")
THEME_COOKIE = "linli_theme"
ELDER_COOKIE = "linli_elder"


@dataclass(frozen=True)
class Look:
    """How the page looks for this reader; kept in two cookies so that the server draws it right at once."""

    theme: str
    elder: bool
    hotline: str
    place: str
    search_address: str

    @property
    def theme_now(self) -> str:
        """What the server can draw: "auto" is light until the browser says otherwise."""
        return "dark" if self.theme == "dark" else "light"

    @property
    def product(self) -> str:
        return _("Linli")


@dataclass(frozen=True)
class NavEntry:
    """One entry of the navigation as the template reads it."""

    label: str
    address: str
    current: bool = False
    count: int = 0


def look_of(request: HttpRequest) -> Look:
    theme = request.COOKIES.get(THEME_COOKIE, "auto")
    return Look(
        theme=theme if theme in THEMES else "auto",
        elder=request.COOKIES.get(ELDER_COOKIE) == "1",
        hotline=getattr(settings, "LINLI_HOTLINE", "12345"),
        place=getattr(settings, "LINLI_PLACE", ""),
        search_address="",
    )


def page(request: HttpRequest) -> dict[str, Any]:
    """The context processor: ``look`` and ``nav``."""
    return {"look": look_of(request), "nav": navigation(request)}


def navigation(request: HttpRequest) -> list[NavEntry]:
    """The entries of the desk's main navigation."""
    entries = [(_("My desk"), "/desk/")]
    return [NavEntry(label, address, current=request.path == address) for label, address in entries]
