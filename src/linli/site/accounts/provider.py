"""The house's own identity provider (OpenID Connect): state, nonce, PKCE and signature checked; linked, never opened.

The start is a form, so that no link elsewhere can begin it. It is answered with a page that leads on by itself: the
policy ``form-action 'self'`` is asked about a form and what it is redirected to, not about a page that moves on.
"""

from typing import Any

from allauth.account.internal.decorators import login_not_required
from allauth.account.utils import get_next_redirect_url
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from allauth.utils import get_request_param
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.crypto import constant_time_compare, get_random_string
from django.utils.translation import gettext_lazy as _
from requests import RequestException

from linli.kernel.scope import everyone, permission
from linli.kernel.ui.pages.errors import Answer, respond

PROCESSES = ("login", "connect")
UNREACHABLE = Answer(
    503,
    _("The identity service does not answer"),
    _("Sign in with your user name and password, or try again in a few minutes."),
)


class LinkedOnly(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """An identity signs in the account it was linked to, and opens none."""

    error_messages = DefaultSocialAccountAdapter.error_messages | {
        "no_password": _("Set a password first; without it nobody could sign in any more."),
        "connected_other": _("This identity is already linked to another account."),
        "invalid_token": _("The answer of the identity service could not be checked."),
    }

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False


class CheckedAnswers(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]  # allauth ships no types
    """Takes only an id token with a right signature, issuer, audience, time and the nonce this browser was given."""

    nonce = ""

    def complete_login(self, request: HttpRequest, app: SocialApp, token: Any, **more: Any) -> SocialLogin:
        """Raises OAuth2Error."""
        signed = more["response"].get("id_token")
        if not signed:
            raise OAuth2Error("no id token")
        claims = jwtkit.verify_and_decode(
            credential=signed,
            keys_url=self.openid_config["jwks_uri"],
            issuer=self.openid_config["issuer"],
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
        )
        if not self.nonce or not constant_time_compare(str(claims.get("nonce", "")), self.nonce):
            raise OAuth2Error("the nonce is not the one of this browser")
        return self.get_provider().sociallogin_from_response(request, {"id_token": claims})


class _Callback(OAuth2CallbackView):  # type: ignore[misc]  # allauth ships no types
    """Hands the nonce kept with the state to the check of the token."""

    def _get_state(self, request: HttpRequest, provider: Any) -> tuple[dict[str, Any] | None, HttpResponseBase | None]:
        state, response = super()._get_state(request, provider)
        self.adapter.nonce = (state or {}).get("nonce", "")
        return state, response


def _adapter(request: HttpRequest, provider_id: str) -> CheckedAnswers:
    """The adapter of a provider of this house. Raises Http404."""
    try:
        get_adapter(request).get_provider(request, provider=provider_id)
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
    return CheckedAnswers(request, provider_id)


@login_not_required  # type: ignore[untyped-decorator]  # allauth ships no types
@permission(everyone)
def begin(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Asks first (GET), then leaves for the provider (POST) by a page that moves on."""
    provider = _adapter(request, provider_id).get_provider()
    process = get_request_param(request, "process", "login")
    if process not in PROCESSES or (process == "connect" and not request.user.is_authenticated):
        process = "login"
    context = {"provider": provider, "process": process}
    if request.method != "POST":
        return render(request, "socialaccount/login.html", context)
    nonce = get_random_string(32)
    try:
        answer = provider.redirect(
            request,
            process=process,
            next_url=get_next_redirect_url(request),
            auth_params={"nonce": nonce},
            nonce=nonce,
        )
    except RequestException:
        return respond(request, UNREACHABLE)
    return render(request, "socialaccount/leaving.html", context | {"address": answer["Location"]})


@login_not_required  # type: ignore[untyped-decorator]  # allauth ships no types
@permission(everyone)
def come_back(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """The provider's answer: signs in the linked person, or links the signed-in one."""
    answer: HttpResponseBase = _Callback.adapter_view(_adapter(request, provider_id))(request)
    return answer


@permission(everyone)
def not_linked(request: HttpRequest) -> HttpResponseBase:
    """Whoever is known to the provider but not here."""
    return render(request, "account/signup_closed.html")
