"""While the first page waits, the doors of the house lead to it; elsewhere it costs one look at a file."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from linli.site.opening.services import waits

DOORS = frozenset({"/", "/communities/", "/desk/", "/accounts/login/"})


class FirstPage:
    """Middleware: whoever knocks at a house that is not set up is led to its first page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path in DOORS and waits():
            return HttpResponseRedirect(reverse("opening:first_run"))
        return self.get_response(request)
