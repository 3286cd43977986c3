"""A sealed value in the hand: prints its masked form, opens only when asked with a reason."""

from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from linli.kernel import audit
from linli.kernel.errors import NotAllowed, Refusal
from linli.kernel.privacy.showing import note_shown
from linli.kernel.scope.actors import Actor
from linli.kernel.seals import Unreadable, open_sealed, seal

if TYPE_CHECKING:
    from linli.kernel.privacy.columns import SealedText

SHORTEST_REASON = 4

audit.register_action(
    "privacy.value.reveal",
    _("looked at a masked value"),
    words={"field": _("field"), "reason": _("reason")},
)


class Token(str):
    """A sealed value as it stands in the column; tells it from text that somebody has just written."""

    __slots__ = ()


class Sealed:
    """The value of one sealed column of one row.

    ``str()`` is the masked form, so that a template can never print the plain one by accident; both ways to the
    plain text have required arguments, which no template can give.
    """

    __slots__ = ("_text", "_tidied", "column", "fresh", "row", "token")

    def __init__(self, column: "SealedText", row: models.Model, value: str) -> None:
        self.column = column
        self.row = row
        self.token: str | None = str(value) if isinstance(value, Token) or not value else None
        self._text: str | None = None if self.token is not None else str(value)
        self._tidied: str | None = None
        self.fresh = self.token is None or not self.token

    @property
    def context(self) -> str:
        """The place this value is bound to: a token moved elsewhere does not open."""
        return f"{self.row._meta.label_lower}.{self.column.attname}:{self.row.pk}"

    def sealed_token(self) -> str:
        """What is stored: sealed on the first call. Raises Refusal when the value is wrong for its sort."""
        if self.token is None:
            self.token = seal(self.tidied(), context=self.context)
        return self.token

    def tidied(self) -> str:
        """The plain text, for the machine, written as its sort writes it. Raises Refusal when it is wrong for it."""
        if self._tidied is None:
            self._tidied = self.column.sort.tidy(self.for_machine(because="sealing"))
        return self._tidied

    def for_machine(self, *, because: str) -> str:
        """The plain text for a computation or a message on its way, never for somebody's eyes. Not audited.

        Raises Unreadable when the token is damaged or was moved here from another place.
        """
        if self._text is not None:
            return self._text
        return open_sealed(self.token, context=self.context) if self.token else ""

    def reveal(self, *, reason: str, actor: Actor | None) -> str:
        """The plain text for ``actor``; leaves a row in the record of verbs (field and reason, never the value).

        Raises Refusal without a reason, NotAllowed when the column's ``may_reveal`` says no, Unreadable.
        """
        reason = reason.strip()
        if len(reason) < SHORTEST_REASON:
            raise Refusal(
                _("Say in a few words what you need it for (at least four characters)."),
                code="reason-missing",
                field="reason",
            )
        if actor is not None and not self.column.may_reveal(actor, self.row):
            raise NotAllowed(_("Your post does not let you see this value in full."))
        text = self.for_machine(because=reason)
        with transaction.atomic():
            facts = {"field": str(self.column.verbose_name), "reason": reason}
            audit.record("privacy.value.reveal", self.row, actor=actor, facts=facts)
        return text

    def is_same_as(self, text: str) -> bool:
        """True when ``text``, written one way, is this value."""
        try:
            return self.column.sort.tidy(text) == self.for_machine(because="comparison")
        except (Refusal, Unreadable):
            return False

    def moved_to(self, row: models.Model) -> "Sealed":
        """The same value for ``row``: still sealed when it is the same place, else to be sealed anew."""
        same_place = self.row._meta.concrete_model is row._meta.concrete_model and self.row.pk == row.pk
        if same_place and self.token is not None:
            return Sealed(self.column, row, Token(self.token))
        return Sealed(self.column, row, self.for_machine(because="copy"))

    def __str__(self) -> str:
        if not self:
            return ""
        note_shown()
        try:
            return self.column.sort.mask(self.for_machine(because="mask"))
        except Unreadable:
            return "***"

    def __repr__(self) -> str:
        return f"<sealed {self.column.attname}>"

    def __bool__(self) -> bool:
        return bool(self._text if self.token is None else self.token)

    def __reduce__(self) -> Any:
        message = "a sealed value stays with its row: it is not pickled, cached or sent"
        raise TypeError(message)
