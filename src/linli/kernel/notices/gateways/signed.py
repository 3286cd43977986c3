"""Short messages by a gateway of the province or city: one signed JSON request, known again by its own number.

    POST ADDRESS
    Linli-Key, Linli-Time (seconds), Linli-Nonce, Idempotency-Key (the message's number),
    Linli-Signature = hex HMAC-SHA256(secret, key \\n time \\n nonce \\n number \\n hex SHA-256 of the body)
    {"phone", "sign", "template", "variables": {…}}   →   {"code": "ok" | "later" | …, "id": "…"}

Gateways that speak otherwise get a small translator beside them; docs/operate/messages.md says how.
"""

import hashlib
import hmac
import secrets
import time
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.kernel.notices.gateways.asking import Question, as_json, ask
from linli.kernel.notices.ways import NeverArrives, TryLater, Unclear


def signature(secret: str, *, key: str, moment: str, nonce: str, number: str, body: bytes) -> str:
    """Hexadecimal HMAC-SHA256 over key, time, nonce, number and the hash of the body, a line each."""
    text = "\n".join((key, moment, nonce, number, hashlib.sha256(body).hexdigest()))
    return hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()


def send(
    own: Mapping[str, Any], *, phone: str, template: str, variables: Mapping[str, str], number: str, seconds: float
) -> str:
    """The receipt. Raises TryLater, NeverArrives, Unclear."""
    body = as_json({"phone": phone, "sign": own["signature"], "template": template, "variables": dict(variables)})
    moment, nonce = str(int(time.time())), secrets.token_hex(16)
    headers = {
        "Content-Type": "application/json",
        "Linli-Key": own["key"],
        "Linli-Time": moment,
        "Linli-Nonce": nonce,
        "Idempotency-Key": number,
        "Linli-Signature": signature(
            own["secret"], key=own["key"], moment=moment, nonce=nonce, number=number, body=body
        ),
    }
    answer = ask(Question(own["address"], "POST", body, headers, seconds))
    code = answer.get("code")
    if code == "ok":
        return str(answer.get("id", ""))[:200]
    if code == "later":
        raise TryLater(_("The message service is busy."))
    if not isinstance(code, str):
        raise Unclear(_("The message service answered with something that cannot be read."))
    raise NeverArrives(_("The message service refused the message (%(code)s).") % {"code": code[:80]})
