"""What a password must be: long or mixed, not common, not made of the person's own data; told before it is typed."""

import re
import unicodedata
from itertools import pairwise
from typing import Any

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

SHORTEST, LONG = 8, 12
FEWEST_SIGNS = 5
"""A password of fewer different signs is a repetition."""
TELLING = 4
"""So many digits of a telephone number, or signs of a name in Latin letters, give the person away."""
YEAR = 4
"""So many digits before or behind a common word hide nothing."""
CHINESE = re.compile(r"^[\u3400-\u9fff\U00020000-\U0003ffff]{2,}$")
KINDS = (str.isalpha, str.isdigit, lambda sign: not sign.isalnum())


def _kinds(password: str) -> int:
    return sum(any(kind(sign) for sign in password) for kind in KINDS)


class LongOrMixed:
    """At least 8 signs of two kinds (letters, digits, others), or at least 12 signs."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ValidationError."""
        if len(password) >= LONG or (len(password) >= SHORTEST and _kinds(password) >= 2):
            return
        raise ValidationError(
            _("Take at least 8 characters of two kinds (letters, digits, other signs), or at least 12 characters."),
            code="password-too-simple",
        )

    def get_help_text(self) -> str:
        """One rule, as a sentence."""
        return gettext("At least 8 characters of two kinds (letters, digits, other signs), or at least 12 characters.")


class NotCommon(CommonPasswordValidator):
    """No password out of the lists that are tried first; no row of keys, no repetition."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ValidationError."""
        bare = re.sub(r"[\W_]+", "", password).lower()
        word = bare.strip("0123456789")
        tried = {password.strip().lower(), bare} | ({word} if len(bare) - len(word) <= YEAR else set())
        if tried & self.passwords or len(set(bare)) < FEWEST_SIGNS or _runs(bare):
            raise ValidationError(_("This password is one of the first that are guessed."), code="password-common")

    def get_help_text(self) -> str:
        """One rule, as a sentence."""
        return gettext("No common password such as 12345678 or 88888888, no sign repeated again and again.")


def _runs(text: str) -> bool:
    """Whether every sign is the neighbour of the one before it, up or down: 123456789012, hgfedcba."""
    steps = {ord(later) - ord(former) for former, later in pairwise(text)}
    return bool(steps) and (steps <= {1, -9} or steps <= {-1, 9})


class NotThePerson:
    """Nothing made of the user name, the person's name, the telephone or the e-mail address."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ValidationError."""
        typed = unicodedata.normalize("NFKC", password).casefold()
        if user is None or not any(word in typed or typed in word for word in _words_of(user)):
            return
        raise ValidationError(
            _("The password is too like the person's name, telephone number or user name."), code="password-like-person"
        )

    def get_help_text(self) -> str:
        """One rule, as a sentence."""
        return gettext("Not made of the person's name, telephone number or user name.")


def _words_of(user: Any) -> set[str]:
    """Pieces of what is known about the person; the name also in Latin letters."""
    from pypinyin import lazy_pinyin

    phone = user.phone.for_machine(because="comparing a new password") if getattr(user, "phone", "") else ""
    digits = re.sub(r"\D", "", phone)
    syllables = lazy_pinyin(user.name) if CHINESE.match(user.name) else []
    pieces = [user.name, "".join(syllables), "".join(syllables[1:] + syllables[:1]), digits, digits[-8:]]
    pieces += [user.username, *re.split(r"[\W_]+", user.username), user.email.partition("@")[0]]
    found = {unicodedata.normalize("NFKC", piece).casefold() for piece in pieces if piece}
    return {piece for piece in found if len(piece) >= TELLING or CHINESE.match(piece)}
