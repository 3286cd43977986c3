"""The door of files with personal data: a page asks what for, then the file comes, marked."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from linli.kernel.privacy.leaving import ReasonWanted, taking
from linli.kernel.privacy.sealed import SHORTEST_REASON
from linli.kernel.privacy.showing import drawing
from linli.kernel.scope.doors import actor_of
from linli.kernel.ui.once import MACHINES

FIELD = "_take_because"
LONGEST = 200


class ReasonForm(forms.Form):
    """What a file with personal data is needed for."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[FIELD] = forms.CharField(
            label=_("What do you need it for?"), min_length=SHORTEST_REASON, max_length=LONGEST,
            help_text=_("Your reason, name and the time are kept in the record and stand on the file."),
        )  # fmt: skip


def reader_words(request: HttpRequest) -> str:
    """Who reads, as a watermark names him: name and account."""
    user: Any = request.user
    return f"{user} {user.get_username()}" if user.is_authenticated else ""


def _gives_a_reason(request: HttpRequest) -> bool:
    """Whether a page posts one; the bodies of machines are not read here, they are refused in their own way."""
    return request.method == "POST" and not request.path.startswith(MACHINES) and FIELD in request.POST


class Reasons:
    """Whoever fetches a file with personal data is asked why, and gets it when the page comes back with the answer.

    The answer is posted, so that it stands in no address and no log, and a stranger's page cannot send it; the view
    then answers as it does when it is opened.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with drawing():
            return self._answer(request)

    def _answer(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(MACHINES) or (request.method == "POST" and FIELD not in request.POST):
            return self.get_response(request)
        reason = request.POST[FIELD][:LONGEST] if request.method == "POST" else ""
        with taking(lambda: actor_of(request), lambda: reader_words(request), page=request.path, reason=reason):
            return self.get_response(request)

    def process_view(self, request: HttpRequest, _view: Any, _args: Any, _kwargs: Any) -> None:
        """After Django has checked that the form is ours."""
        if _gives_a_reason(request):
            request.method = "GET"

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, ReasonWanted):
            return None
        context = {"title": exception.title, "columns": exception.columns, "form": ReasonForm()}
        return render(request, "ui/take_file.html", context)
