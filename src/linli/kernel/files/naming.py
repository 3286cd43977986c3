"""Names of files: what the uploader called it, made harmless, and the key it is kept under."""

import re
import secrets
import unicodedata

from linli.kernel.files.media import SUFFIXES
from linli.kernel.texts import HIDDEN

LONGEST = 120
"""Characters kept of a name."""
LONGEST_BYTES = 240
"""Bytes of UTF-8, suffix included: every file system takes a name of 255."""
FOLDER = "kept"
OF_TEXT = ("csv", "json")
"""Suffixes a text may keep."""

_UNFIT = re.compile(rf'[\\/:*?"<>|\t\n\r\u200c\u200d\u2028\u2029{HIDDEN}]+')


def clean_name(name: str, media: str) -> str:
    """The last part of ``name`` without control, bidirectional or path characters, with a suffix by ``media``.

    At most 120 characters and 240 bytes of UTF-8; never empty, never starting with a dot.
    """
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    stem, dot, suffix = _UNFIT.sub("_", last).strip().rpartition(".")
    if not dot or not re.fullmatch("[A-Za-z0-9]{1,8}", suffix):
        stem, suffix = stem + dot + suffix, ""
    of_text = f".{suffix.lower()}" if suffix.lower() in OF_TEXT else ".txt"
    ending = SUFFIXES.get(media, of_text)
    stem = stem.strip(". ") or "file"
    room = LONGEST_BYTES - len(ending.encode())
    short = stem[:LONGEST].encode()[:room].decode("utf-8", errors="ignore")
    return short + ending


def new_storage_key() -> str:
    """A key of 128 random bits in one of 256 folders; it tells neither time, name nor type."""
    word = secrets.token_hex(16)
    return f"{FOLDER}/{word[:2]}/{word}"
