"""Refusals: what a verb raises when it will not do what was asked, and leaves no trace."""

from typing import ClassVar

from django.utils.functional import Promise


class Refusal(Exception):
    """A rule said no. ``sentence`` (translated lazily) says what, why and what to do next.

    ``code`` is a stable word for programs (RFC 9457 ``type``), ``field`` names the form field it belongs to,
    if any. The door turns it into a page, a form error or a problem document with ``status``.
    """

    status: ClassVar[int] = 409
    default_code: ClassVar[str] = "refused"

    def __init__(self, sentence: str | Promise, *, code: str = "", field: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.code = code or self.default_code
        self.field = field

    def __str__(self) -> str:
        return str(self.sentence)


class NotAllowed(Refusal):
    """The actor may not do this, whatever the state of the record."""

    status = 403
    default_code = "not-allowed"


class Missing(Refusal):
    """There is no such record, or the actor may not know that there is."""

    status = 404
    default_code = "missing"


class Conflict(Refusal):
    """Somebody else changed the record first; the sentence says what it is now."""

    default_code = "conflict"


class TooMany(Refusal):
    """A limit of number, size or rate was reached."""

    status = 429
    default_code = "too-many"
