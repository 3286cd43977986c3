"""What another house's service says about who came: its own protocol each, one answer for all."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Proof:
    """Who came: ``subject`` for ever the same there; ``strong`` where a second step was proved and is accepted."""

    subject: str
    staff_number: str = ""
    strong: bool = False


class NotProved(Exception):
    """The service says no, or something that does not prove anybody."""


class Unanswered(Exception):
    """The service cannot be reached, is silent or busy."""
