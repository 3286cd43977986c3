"""From a button to CAS, WeCom, DingTalk or an Official Account and back; and the form of an LDAP directory.

The start is a form, so that no link elsewhere can begin it. The state it leaves in the session belongs to this browser
and is taken once: an answer somebody else got, or that came before, opens nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from allauth.account.internal.decorators import login_not_required
from allauth.account.utils import get_next_redirect_url
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import complete_social_login
from allauth.socialaccount.internal import statekit
from allauth.socialaccount.models import SocialApp
from allauth.utils import get_request_param
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters

from linli.kernel.scope import everyone, permission
from linli.kernel.ui.pages.errors import respond
from linli.site.accounts.elsewhere import NotProved, Proof, Unanswered, cas, clouds
from linli.site.accounts.entering import entering
from linli.site.accounts.provider import PROCESSES, UNREACHABLE
from linli.site.provider import Elsewhere
from linli.site.settings.identity import OWN

STATE_SIGNS = 200


@dataclass(frozen=True)
class Protocol:
    """Where the browser is sent, and what its coming back proves."""

    leave: Callable[..., str]
    prove: Callable[..., Proof]


PROTOCOLS = {
    "cas": Protocol(cas.leave, cas.prove),
    "wecom": Protocol(clouds.leave_for_wecom, clouds.prove_by_wecom),
    "dingtalk": Protocol(clouds.leave_for_dingtalk, clouds.prove_by_dingtalk),
    "official": Protocol(clouds.leave_for_official, clouds.prove_by_official),
}


def service_of(request: HttpRequest, provider_id: str) -> Elsewhere:
    """A service of this house. Raises Http404."""
    try:
        found = get_adapter(request).get_provider(request, provider=provider_id)
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
    if found.id != OWN:
        raise Http404
    service: Elsewhere = found
    return service


def process_of(request: HttpRequest, service: Elsewhere) -> str:
    """login or connect. Raises Http404 where the service is there to be linked only."""
    process = get_request_param(request, "process", "login")
    if process not in PROCESSES or (process == "connect" and not request.user.is_authenticated):
        process = "login"
    if process == "login" and service.app.settings.get("link_only"):
        raise Http404
    return str(process)


def _protocol(service: Elsewhere) -> Protocol:
    found = PROTOCOLS.get(service.app.settings["protocol"])
    if found is None:
        raise Http404
    return found


def _back(request: HttpRequest, service: Elsewhere) -> str:
    return request.build_absolute_uri(reverse("identity_callback", args=[service.app.provider_id]))


@sensitive_post_parameters("password")
@login_not_required  # type: ignore[untyped-decorator]  # allauth ships no types
@permission(everyone)
def begin(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Asks first (GET), then leaves for the service (POST)."""
    service = service_of(request, provider_id)
    process = process_of(request, service)
    if service.app.settings["protocol"] == "ldap":
        found = entering(request, service, process)
        return finish(request, service, *found) if isinstance(found, tuple) else found
    protocol = _protocol(service)
    if request.method != "POST":
        return render(request, "socialaccount/login.html", {"provider": service, "process": process})
    state = service.stash_redirect_state(request, process, next_url=get_next_redirect_url(request))
    agent = request.headers.get("User-Agent", "")
    try:
        address = protocol.leave(service.app.settings, back=_back(request, service), state=state, agent=agent)
    except Unanswered:
        return respond(request, UNREACHABLE)
    return HttpResponseRedirect(address)


@login_not_required  # type: ignore[untyped-decorator]  # allauth ships no types
@permission(everyone)
def come_back(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """The service's answer: signs in whose identity it is, or links the signed-in one."""
    service = service_of(request, provider_id)
    protocol, state_id = _protocol(service), request.GET.get("state", "")[:STATE_SIGNS]
    state = statekit.unstash_state(request, state_id=state_id, provider_id=provider_id)
    if state is None:
        return not_proved(request)
    try:
        proof = protocol.prove(service.app.settings, given=request.GET, back=_back(request, service), state=state_id)
        return finish(request, service, proof, state)
    except NotProved:
        return not_proved(request)
    except Unanswered:
        return respond(request, UNREACHABLE)


def finish(request: HttpRequest, service: Elsewhere, proof: Proof, state: dict[str, Any]) -> HttpResponseBase:
    """Sign in, or link, whoever was proved."""
    answer: HttpResponseBase = complete_social_login(request, service.login_of(request, proof, state))
    return answer


def not_proved(request: HttpRequest) -> HttpResponseBase:
    """The answer could not be checked; nothing was changed."""
    return render(request, "socialaccount/authentication_error.html", status=401)
