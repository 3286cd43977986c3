"""What another house's service says about who came: its own protocol each, one answer for all."""

from dataclasses import dataclass

LONGEST = 191
"""Signs a subject has at most; as many as the table takes."""


class NotProved(Exception):
    """The service says no, or something that does not prove anybody."""


@dataclass(frozen=True)
class Proof:
    """Who came: ``subject`` for ever the same there; ``strong`` where a second step was proved and is accepted.

    Raises NotProved for a subject that is empty or too long.
    """

    subject: str
    staff_number: str = ""
    strong: bool = False

    def __post_init__(self) -> None:
        if not self.subject.strip() or len(self.subject) > LONGEST:
            raise NotProved("a subject that is none")


class Unanswered(Exception):
    """The service cannot be reached, is silent or busy."""
