"""The form of an LDAP directory: its name and password are checked there, kept nowhere, and counted like our own."""

from typing import Any

from allauth.account.utils import get_next_redirect_url
from axes.handlers.proxy import AxesProxyHandler
from django import forms
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from linli.kernel.ui.pages.errors import locked_out, respond
from linli.site.accounts.elsewhere import NotProved, Proof, Unanswered, directory
from linli.site.accounts.names import counted_name
from linli.site.accounts.provider import UNREACHABLE
from linli.site.provider import Elsewhere


class DirectoryForm(forms.Form):
    """What the directory knows somebody by."""

    login = forms.CharField(
        label=_("Name in the directory"),
        max_length=directory.LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label=_("Password in the directory"),
        max_length=directory.LONGEST_PASSWORD,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


def entering(request: HttpRequest, service: Elsewhere, process: str) -> HttpResponseBase | tuple[Proof, dict[str, Any]]:
    """A page to answer with; or the proof and the state of whoever was proved."""
    form = DirectoryForm(request.POST if request.method == "POST" else None)
    context = {"form": form, "provider": service, "process": process, "next": get_next_redirect_url(request) or ""}
    if request.method != "POST" or not form.is_valid():
        return render(request, "socialaccount/directory.html", context, status=422 if form.errors else 200)
    credentials = {"username": f"{service.app.provider_id}:{form.cleaned_data['login'].casefold()}"}
    if not AxesProxyHandler.is_allowed(request, credentials):
        return locked_out(request)
    try:
        proof = _proof(service, form)
    except NotProved:
        user_login_failed.send(sender=__name__, credentials=credentials, request=request)
        form.add_error(None, _("The directory does not know this name with this password. Please try again."))
        return render(request, "socialaccount/directory.html", context, status=422)
    except Unanswered:
        return respond(request, UNREACHABLE)
    AxesProxyHandler.reset_attempts(username=counted_name(request, credentials))
    state = {"process": process} | ({"next": context["next"]} if context["next"] else {})
    return proof, state


def _proof(service: Elsewhere, form: DirectoryForm) -> Proof:
    given = form.cleaned_data
    return directory.prove(service.app.settings, name=given["login"], password=given["password"])
