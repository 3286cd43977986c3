"""Short messages by Aliyun's SMS service: SendSms of 2017-05-25, signed with HMAC-SHA1 over its sorted parameters."""

import base64
import hmac
import json
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from django.utils.translation import gettext_lazy as _

from linli.kernel.notices.gateways.asking import Question, ask
from linli.kernel.notices.ways import NeverArrives, TryLater, Unclear

LATER = ("isv.BUSINESS_LIMIT_CONTROL", "isv.DENY_IP_RANGE", "isv.OUT_OF_SERVICE", "isv.AMOUNT_NOT_ENOUGH")
"""Codes of a message that was not taken and may be taken later: a flow limit, a house that must pay or be let in."""
THROTTLED = "Throttling"


def _quoted(text: str) -> str:
    return quote(text, safe="-_.~")


def signature(parameters: Mapping[str, str], secret: str, *, method: str = "POST") -> str:
    """Base64 of HMAC-SHA1 over the method, "/" and the sorted parameters, each percent-encoded."""
    canonical = "&".join(f"{_quoted(name)}={_quoted(parameters[name])}" for name in sorted(parameters))
    text = f"{method}&{_quoted('/')}&{_quoted(canonical)}"
    return base64.b64encode(hmac.digest(f"{secret}&".encode(), text.encode(), "sha1")).decode()


def send(
    own: Mapping[str, Any], *, phone: str, template: str, variables: Mapping[str, str], number: str, seconds: float
) -> str:
    """The receipt (BizId). Raises TryLater, NeverArrives, Unclear."""
    parameters = {
        "AccessKeyId": own["key"],
        "Action": "SendSms",
        "Format": "JSON",
        "OutId": number,
        "PhoneNumbers": phone,
        "RegionId": "cn-hangzhou",
        "SignName": own["signature"],
        "SignatureMethod": "HMAC-SHA1",
        "SignatureNonce": secrets.token_hex(16),
        "SignatureVersion": "1.0",
        "TemplateCode": template,
        "TemplateParam": json.dumps(dict(variables), ensure_ascii=False),
        "Timestamp": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "Version": "2017-05-25",
    }
    parameters["Signature"] = signature(parameters, own["secret"])
    body = "&".join(f"{_quoted(name)}={_quoted(value)}" for name, value in parameters.items()).encode()
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = ask(Question(f"{own['address'].rstrip('/')}/", "POST", body, kind, seconds))
    return _judged(answer)


def _judged(answer: Mapping[str, Any]) -> str:
    code = answer.get("Code")
    if code == "OK":
        return str(answer.get("BizId", ""))[:200]
    if not isinstance(code, str):
        raise Unclear(_("The message service answered with something that cannot be read."))
    if code in LATER or code.startswith(THROTTLED):
        raise TryLater(_("The message service is busy."))
    if code.startswith("isp."):
        raise Unclear(_("The message service does not know whether the message left (%(code)s).") % {"code": code})
    raise NeverArrives(_("The message service refused the message (%(code)s).") % {"code": code[:80]})
