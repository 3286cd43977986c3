"""Who else may prove who somebody is, from the environment: OIDC, CAS, LDAP, WeCom, DingTalk, an Official Account."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

LOOPBACK = ("127.0.0.1", "localhost", "::1")
OWN = "elsewhere"
"""The allauth provider under which everything but OpenID Connect stands."""
FRONTS = {"wecom": "https://login.work.weixin.qq.com", "dingtalk": "https://login.dingtalk.com"}
INSIDE = "https://open.weixin.qq.com"
"""Where a browser inside WeCom or WeChat is asked."""


def checked(name: str, address: str, *, loopback: bool) -> str:
    """The address of a service: https, or this machine where ``loopback`` says so. Raises ImproperlyConfigured."""
    parts = urlsplit(address)
    if parts.scheme != "https" and not (loopback and parts.scheme == "http" and parts.hostname in LOOPBACK):
        raise ImproperlyConfigured(f"{name} must begin with https://")
    return address.rstrip("/")


def _app(name: str, title: str, /, *, client: str = "", secret: str = "", **own: Any) -> dict[str, Any]:
    """An app of allauth; ``own`` is what the protocol needs."""
    return {"provider_id": name, "name": title, "client_id": client or name, "secret": secret, "settings": own}


def _text(environment: Mapping[str, str], name: str, otherwise: str = "") -> str:
    return environment.get(name, "").strip() or otherwise


def _oidc(environment: Mapping[str, str], *, loopback: bool) -> dict[str, Any] | None:
    server = _text(environment, "LINLI_OIDC_SERVER")
    if not server:
        return None
    return _app(
        "house",
        _text(environment, "LINLI_OIDC_NAME", "统一身份认证"),
        client=_text(environment, "LINLI_OIDC_CLIENT"),
        secret=_text(environment, "LINLI_OIDC_SECRET"),
        server_url=checked("LINLI_OIDC_SERVER", server, loopback=loopback),
        oauth_pkce_enabled=True,
        scope=_text(environment, "LINLI_OIDC_SCOPE", "openid").split(),
        staff_number=_text(environment, "LINLI_OIDC_STAFF_NUMBER"),
        second_step=_text(environment, "LINLI_OIDC_SECOND_STEP").split(),
    )


def _cas(environment: Mapping[str, str], *, loopback: bool) -> dict[str, Any] | None:
    server = _text(environment, "LINLI_CAS_SERVER")
    if not server:
        return None
    address = checked("LINLI_CAS_SERVER", server, loopback=loopback)
    return _app(
        "cas",
        _text(environment, "LINLI_CAS_NAME", "统一身份认证平台"),
        protocol="cas",
        address=address,
        staff_number=_text(environment, "LINLI_CAS_STAFF_NUMBER"),
        origins=[_origin(address)],
    )


def _ldap(environment: Mapping[str, str]) -> dict[str, Any] | None:
    server = _text(environment, "LINLI_LDAP_SERVER")
    if not server:
        return None
    parts = urlsplit(server)
    if parts.scheme not in ("ldap", "ldaps") or not parts.hostname:
        raise ImproperlyConfigured("LINLI_LDAP_SERVER is written like ldaps://ldap.example.org; ldap:// uses StartTLS")
    own = {name: _text(environment, f"LINLI_LDAP_{name.upper()}") for name in ("base", "bind", "password")}
    missing = [f"LINLI_LDAP_{name.upper()}" for name, value in own.items() if not value]
    if missing:
        raise ImproperlyConfigured(f"{', '.join(missing)}: not set")
    return _app(
        "ldap",
        _text(environment, "LINLI_LDAP_TITLE", "单位目录账号"),
        protocol="ldap",
        host=parts.hostname,
        port=parts.port or (636 if parts.scheme == "ldaps" else 389),
        start_tls=parts.scheme == "ldap",
        authority=_text(environment, "LINLI_LDAP_CA"),
        name=_text(environment, "LINLI_LDAP_NAME", "uid"),
        subject=_text(environment, "LINLI_LDAP_SUBJECT", "entryUUID"),
        staff_number=_text(environment, "LINLI_LDAP_STAFF_NUMBER"),
        filter=_text(environment, "LINLI_LDAP_FILTER", "(objectClass=person)"),
        origins=[],
        **own,
    )


def _wecom(environment: Mapping[str, str], *, loopback: bool) -> dict[str, Any] | None:
    if not _text(environment, "LINLI_WECOM_CORP"):
        return None
    front = checked("LINLI_WECOM_FRONT", _text(environment, "LINLI_WECOM_FRONT", FRONTS["wecom"]), loopback=loopback)
    own: dict[str, Any] = {"front": front, "inside": INSIDE, "origins": [_origin(front), INSIDE]}
    return _app("wecom", "企业微信", protocol="wecom", link_only=not _wanted(environment, "WECOM"), **own)


def _dingtalk(environment: Mapping[str, str], *, loopback: bool) -> dict[str, Any] | None:
    if not _text(environment, "LINLI_DINGTALK_KEY"):
        return None
    name = "LINLI_DINGTALK_FRONT"
    front = checked(name, _text(environment, name, FRONTS["dingtalk"]), loopback=loopback)
    api = _text(environment, "LINLI_DINGTALK_API", "https://api.dingtalk.com")
    api = checked("LINLI_DINGTALK_API", api, loopback=loopback)
    own: dict[str, Any] = {"front": front, "api": api, "origins": [_origin(front)]}
    return _app("dingtalk", "钉钉", protocol="dingtalk", link_only=not _wanted(environment, "DINGTALK"), **own)


def _official(environment: Mapping[str, str]) -> dict[str, Any] | None:
    if not _text(environment, "LINLI_OFFICIAL_APP"):
        return None
    return _app("official", "公众号", protocol="official", inside=INSIDE, origins=[INSIDE], link_only=True)


def _wanted(environment: Mapping[str, str], way: str) -> bool:
    return environment.get(f"LINLI_{way}_SIGN_IN") == "1"


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def providers(environment: Mapping[str, str], *, loopback: bool) -> dict[str, Any]:
    """allauth's ``SOCIALACCOUNT_PROVIDERS``: none, or the services the environment names.

    OpenID Connect is "house"; "cas" and "ldap" beside it; "wecom", "dingtalk" and "official" follow from the ways of
    messages: linked by everybody for these, a way to sign in only where ``LINLI_…_SIGN_IN=1``. Plain http is taken
    only on this machine, and only where ``loopback`` says so; plain LDAP never. Raises ImproperlyConfigured.
    """
    oidc = _oidc(environment, loopback=loopback)
    own = [
        _cas(environment, loopback=loopback),
        _ldap(environment),
        _wecom(environment, loopback=loopback),
        _dingtalk(environment, loopback=loopback),
        _official(environment),
    ]
    found: dict[str, Any] = {}
    if oidc:
        oidc["settings"]["origins"] = [_origin(oidc["settings"]["server_url"])]
        found["openid_connect"] = {"APPS": [oidc]}
    if any(own):
        found[OWN] = {"APPS": [one for one in own if one]}
    return found
