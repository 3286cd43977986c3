"""The sort of a device and of its browser, as the browser names itself; no version, nothing that tells two apart."""

import re

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Word = str | Promise
BROWSERS: tuple[tuple[str, str, Word], ...] = (
    ("wechat", r"MicroMessenger", _("WeChat")),
    ("qq", r"QQBrowser", _("QQ browser")),
    ("360", r"360SE|360EE|QihooBrowser", _("360 browser")),
    ("edge", r"Edg", _("Edge browser")),
    ("firefox", r"Firefox", _("Firefox browser")),
    ("chrome", r"Chrome|CriOS|Chromium", _("Chrome browser")),
    ("safari", r"Safari", _("Safari browser")),
)
SORTS: tuple[tuple[str, str, Word], ...] = (
    ("tablet", r"iPad|Tablet|Android(?!.*Mobile)", _("Tablet")),
    ("phone", r"iPhone|Android|HarmonyOS|OpenHarmony|Mobile", _("Mobile phone")),
    ("computer", r"Windows|Macintosh|Mac OS|UOS|Kylin|Linux", _("Computer")),
)


def told(agent: str, words: tuple[tuple[str, str, Word], ...]) -> str:
    """The code of the first of ``words`` that ``agent`` fits, or ""."""
    return next((code for code, pattern, _word in words if re.search(pattern, agent)), "")


def device_of(agent: str) -> str:
    """ "phone wechat", "computer edge": two coarse codes; "" for a program that names neither."""
    return " ".join(code for code in (told(agent, SORTS), told(agent, BROWSERS)) if code)


def words_of(device: str) -> list[str]:
    """The words of what :func:`device_of` gave, in the reader's language; unknown codes are left out."""
    known = {code: word for code, _pattern, word in (*SORTS, *BROWSERS)}
    return [str(known[code]) for code in device.split() if code in known]
