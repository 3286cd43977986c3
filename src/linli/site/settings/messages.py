"""The ways to telephones a house has set up, from the environment. Without their variables each stays closed."""

from collections.abc import Mapping
from datetime import time
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from linli.site.settings.identity import checked

ADDRESSES = {
    "wecom": "https://qyapi.weixin.qq.com",
    "dingtalk": "https://oapi.dingtalk.com",
    "official": "https://api.weixin.qq.com",
    "aliyun": "https://dysmsapi.aliyuncs.com",
}
WAYS = {
    "wecom": ("corp", "agent", "secret"),
    "dingtalk": ("key", "agent", "secret"),
    "official": ("app", "secret", "template", "title_field", "time_field"),
}
SMS = ("key", "secret", "signature", "templates")
HOURS, A_DAY = "08:00-21:00", "3"


def _values(environment: Mapping[str, str], prefix: str, names: tuple[str, ...]) -> dict[str, Any]:
    """All of the named variables, or none where the first is empty. Raises ImproperlyConfigured in between."""
    values = {name: environment.get(f"{prefix}_{name.upper()}", "").strip() for name in names}
    if not values[names[0]]:
        return {}
    missing = [f"{prefix}_{name.upper()}" for name, value in values.items() if not value]
    if missing:
        raise ImproperlyConfigured(f"{', '.join(missing)}: not set")
    if "agent" in values and not values["agent"].isdigit():
        raise ImproperlyConfigured(f"{prefix}_AGENT is a number")
    return values


def _hours(text: str) -> tuple[time, time]:
    try:
        start, end = (time.fromisoformat(part) for part in text.split("-"))
    except ValueError as error:
        raise ImproperlyConfigured("LINLI_SMS_HOURS is written like 08:00-21:00") from error
    return start, end


def _sms(environment: Mapping[str, str], *, loopback: bool) -> dict[str, Any]:
    gateway = environment.get("LINLI_SMS_GATEWAY", "")
    if not gateway:
        return {}
    if gateway not in ("aliyun", "signed"):
        raise ImproperlyConfigured("LINLI_SMS_GATEWAY is aliyun or signed")
    values = _values(environment, "LINLI_SMS", SMS)
    a_day = environment.get("LINLI_SMS_A_DAY") or A_DAY
    if not values or not a_day.isdigit():
        raise ImproperlyConfigured("LINLI_SMS_KEY is not set" if not values else "LINLI_SMS_A_DAY is a number")
    address = environment.get("LINLI_SMS_ADDRESS") or ADDRESSES.get(gateway, "")
    values["address"] = checked("LINLI_SMS_ADDRESS", address, loopback=loopback)
    hours = _hours(environment.get("LINLI_SMS_HOURS") or HOURS)
    return values | {"gateway": gateway, "hours": hours, "a_day": int(a_day)}


def messages(environment: Mapping[str, str], *, loopback: bool) -> dict[str, dict[str, Any]]:
    """``LINLI_MESSAGES``: what each way needs, by its name. Raises ImproperlyConfigured for half a setting."""
    found = {"sms": _sms(environment, loopback=loopback)}
    for way, names in WAYS.items():
        prefix = f"LINLI_{way.upper()}"
        values = _values(environment, prefix, names)
        if values:
            address = environment.get(f"{prefix}_ADDRESS") or ADDRESSES[way]
            values["address"] = checked(f"{prefix}_ADDRESS", address, loopback=loopback)
        found[way] = values
    return {way: values for way, values in found.items() if values}
