"""How accounts sign in: nobody opens an account for himself; staff land on the desk, residents on the portal."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import reverse

from linli.apps.people.permissions import opens_the_desk
from linli.kernel.scope.doors import actor_of


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Accounts are opened by the system administrator alone."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The desk for whoever it opens to, else the portal's front door."""
        return reverse("people:desk" if opens_the_desk(actor_of(request), None) else "places:home")
