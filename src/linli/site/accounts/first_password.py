"""A password handed over on paper opens one page: the one on which it is replaced by a password of one's own."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from linli.apps.people.models import User

OPEN = ("/accounts/", "/static/", "/look/", "/keep-alive/", "/feedback/")
"""Where one may be before: signing out, changing the password, how the page looks, complaints."""
ASKED = "first-password"
"""Stands in the session of whoever was led here, so that he goes on to his work when it is done."""


class FirstPassword:
    """Middleware after authentication: whoever signed in by a handed-over password chooses his own first."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path.startswith(OPEN):
            return self.get_response(request)
        user = request.user
        if isinstance(user, User) and user.must_change_password:
            if ASKED not in request.session:
                request.session[ASKED] = True
            return HttpResponseRedirect(reverse("account_change_password"))
        return self.get_response(request)
