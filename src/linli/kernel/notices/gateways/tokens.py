"""Access tokens of message services: asked for once, kept in this process until shortly before they run out."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.kernel.notices.ways import NeverArrives, TryLater, Unclear

EARLY = 300
"""Seconds before its end a token is asked for anew."""
STALE = (40001, 40014, 42001)
"""Codes of a token that is no longer taken."""
BUSY = (-1, 45009, 45011, 88, 90002, 90018)
"""Codes of a service that took nothing and may be asked again."""


@dataclass(frozen=True)
class Kept:
    """A token and the second of the process's clock at which it is asked for anew."""

    text: str
    until: float


_kept: dict[tuple[str, ...], Kept] = {}
_lock = threading.Lock()


def forget_tokens() -> None:
    """Ask for every token anew."""
    with _lock:
        _kept.clear()


def _checked(answer: dict[str, Any]) -> Kept:
    text, seconds = answer.get("access_token"), answer.get("expires_in")
    if answer.get("errcode", 0) in BUSY:
        raise TryLater(_("The message service is busy."))
    if not isinstance(text, str) or not text:
        code = answer.get("errcode", "—")
        raise NeverArrives(_("The message service refuses this house (%(code)s).") % {"code": code})
    lasts = float(seconds) if isinstance(seconds, int | float) else 0.0
    return Kept(text, time.monotonic() + max(lasts - EARLY, lasts / 2))


def token(key: tuple[str, ...], fetch: Callable[[], dict[str, Any]], *, anew: bool = False) -> str:
    """The token under ``key``. Asking for one sends no message, so silence here is "try later"."""
    with _lock:
        kept = _kept.get(key)
        if kept is None or anew or kept.until <= time.monotonic():
            try:
                kept = _checked(fetch())
            except Unclear as trouble:
                raise TryLater(str(trouble)) from trouble
            _kept[key] = kept
        return kept.text


def with_token(
    key: tuple[str, ...], fetch: Callable[[], dict[str, Any]], send: Callable[[str], dict[str, Any]]
) -> dict[str, Any]:
    """What ``send`` answers, asked once more with a new token where the kept one is no longer taken."""
    answer = send(token(key, fetch))
    if answer.get("errcode") in STALE:
        answer = send(token(key, fetch, anew=True))
    return answer


def judged(answer: dict[str, Any], *, receipt: str) -> str:
    """The receipt of an answer in the manner of WeCom and DingTalk. Raises TryLater, NeverArrives, Unclear."""
    code = answer.get("errcode")
    if code == 0:
        return str(answer.get(receipt, ""))[:200]
    if not isinstance(code, int):
        raise Unclear(_("The message service answered with something that cannot be read."))
    if code in BUSY or code in STALE:
        raise TryLater(_("The message service is busy."))
    raise NeverArrives(_("The message service refused the message (%(code)s).") % {"code": code})
