"""Every identity service but OpenID Connect, as allauth knows them: an app each, told apart by its name."""

from typing import Any

from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base import Provider, ProviderAccount
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from linli.site.accounts.elsewhere import Proof
from linli.site.settings.identity import OWN


class Elsewhere(Provider):  # type: ignore[misc]  # allauth ships no types
    """CAS, LDAP, WeCom, DingTalk, an Official Account."""

    id = OWN
    name = OWN
    account_class = ProviderAccount

    def __init__(self, request: HttpRequest, app: Any = None) -> None:
        super().__init__(request, app=app)
        self.name = app.name

    def get_login_url(self, request: HttpRequest, **query: Any) -> str:
        address = reverse("identity_login", kwargs={"provider_id": self.app.provider_id})
        return f"{address}?{urlencode(query)}" if query else address

    def extract_uid(self, data: Proof) -> str:
        return data.subject

    def extract_extra_data(self, data: Proof) -> dict[str, Any]:
        """Nothing is kept but the subject."""
        return {}

    def login_of(self, request: HttpRequest, proof: Proof, state: dict[str, Any]) -> SocialLogin:
        """A sign-in that begins with ``proof``."""
        login = self.sociallogin_from_response(request, proof)
        login.state, login.proof = state, proof
        return login


provider_classes = [Elsewhere]
