"""The identity provider of the house, from the environment."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

LOOPBACK = ("127.0.0.1", "localhost", "::1")


def providers(environment: Mapping[str, str], *, loopback: bool) -> dict[str, Any]:
    """allauth's ``SOCIALACCOUNT_PROVIDERS``: none, or the one named by ``LINLI_OIDC_SERVER``, ``_CLIENT``, ``_SECRET``.

    Plain http is taken only on this machine, and only where ``loopback`` says so. Raises ImproperlyConfigured.
    """
    server = environment.get("LINLI_OIDC_SERVER", "").rstrip("/")
    if not server:
        return {}
    address = urlsplit(server)
    if address.scheme != "https" and not (loopback and address.hostname in LOOPBACK):
        raise ImproperlyConfigured("LINLI_OIDC_SERVER must begin with https://")
    app = {
        "provider_id": "house",
        "name": environment.get("LINLI_OIDC_NAME", "统一身份认证"),
        "client_id": environment.get("LINLI_OIDC_CLIENT", ""),
        "secret": environment.get("LINLI_OIDC_SECRET", ""),
        "settings": {"server_url": server, "oauth_pkce_enabled": True, "scope": ["openid"]},
    }
    return {"openid_connect": {"APPS": [app]}}
