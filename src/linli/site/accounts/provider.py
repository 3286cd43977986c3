"""The house's own identity provider (OpenID Connect): state, nonce, PKCE and signature checked.

The start is a form, so that no link elsewhere can begin it. It is answered with a page that leads on by itself: the
policy ``form-action`` is asked about a form and what it is redirected to, not about a page that moves on; and a city's
service leads through hosts that nobody named here.
"""

from typing import Any
from urllib.parse import urlsplit

from allauth.account.internal.decorators import login_not_required
from allauth.account.utils import get_next_redirect_url
from allauth.socialaccount.adapter import get_adapter
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
from linli.site.accounts.elsewhere import NotProved, Proof
from linli.site.settings.identity import LOOPBACK

PROCESSES = ("login", "connect")
UNREACHABLE = Answer(
    503,
    _("The identity service does not answer"),
    _("Sign in with your user name and password, or try again in a few minutes."),
)


NEEDED = ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri")
NONSENSE = (KeyError, TypeError, ValueError, AttributeError, RecursionError)
"""What reading an answer raises that has not the form it must have."""


class CheckedAnswers(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]  # allauth ships no types
    """Takes only an id token with a right signature, issuer, audience, time and the nonce this browser was given."""

    nonce = ""

    @property
    def openid_config(self) -> dict[str, Any]:
        """What the provider publishes about itself. Raises OAuth2Error, RequestException."""
        try:
            found: dict[str, Any] = super().openid_config
            whole = all(_is_address(found[name]) for name in NEEDED)
        except NONSENSE as error:
            raise OAuth2Error("what the provider publishes cannot be read") from error
        if not whole:
            raise OAuth2Error("what the provider publishes is not whole")
        return found

    def complete_login(self, request: HttpRequest, app: SocialApp, token: Any, **more: Any) -> SocialLogin:
        """Raises OAuth2Error."""
        try:
            claims = self._claims(more["response"]["id_token"], app)
            proof = _proof(claims, app.settings)
            login: SocialLogin = self.get_provider().sociallogin_from_response(request, {"id_token": claims})
        except (*NONSENSE, NotProved) as error:
            raise OAuth2Error("the answer proves nobody") from error
        login.account.extra_data, login.proof = {}, proof
        return login

    def _claims(self, signed: Any, app: SocialApp) -> dict[str, Any]:
        claims: dict[str, Any] = jwtkit.verify_and_decode(
            credential=signed,
            keys_url=self.openid_config["jwks_uri"],
            issuer=self.openid_config["issuer"],
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
        )
        if not self.nonce or not constant_time_compare(str(claims.get("nonce", "")), self.nonce):
            raise OAuth2Error("the nonce is not the one of this browser")
        if not claims.get("exp") or not isinstance(claims.get("sub"), str):
            raise OAuth2Error("the token never ends, or names nobody")
        return claims


def _is_address(text: Any) -> bool:
    """https, or plain http on this machine."""
    parts = urlsplit(text)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)


def _proof(claims: dict[str, Any], own: dict[str, Any]) -> Proof:
    """What the token says; ``acr`` and ``amr`` count only where the house named their value."""
    number = claims.get(own.get("staff_number") or "", "")
    ways = claims.get("amr")
    given = {claims.get("acr"), *(ways if isinstance(ways, list) else ())}
    return Proof(
        subject=claims["sub"],
        staff_number=str(number).strip() if isinstance(number, str | int) else "",
        strong=any(accepted in given for accepted in own.get("second_step", ())),
    )


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
    provider.oauth2_adapter_class = CheckedAnswers  # what is published is looked at before anybody is led there
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
    except (RequestException, OAuth2Error):
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
