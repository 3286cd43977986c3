"""What is handed to the verbs of needs, and what they give back."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from linli.apps.needs.models import Need


@dataclass(frozen=True)
class ContactText:
    """How whoever has the need can be reached. Everything may be left out; who has an account is named by it."""

    name: str = ""
    phone: str = ""
    address: str = ""
    user: UUID | None = None
    person: UUID | None = None
    is_elder: bool = False
    has_no_smartphone: bool = False
    may_pass_on: bool = False


@dataclass(frozen=True)
class BehalfText:
    """Who enters a need for somebody else: his relation, and that the other was asked."""

    relation: str
    name: str = ""
    phone: str = ""
    consented: bool = False


@dataclass(frozen=True)
class Spot:
    """Where exactly: words ("2号楼东侧"), a point on the map (WGS 84), or both."""

    words: str = ""
    latitude: Decimal | None = None
    longitude: Decimal | None = None


@dataclass(frozen=True)
class Received:
    """A need that came in: ``code`` follows it without an account and is shown once; ``promised`` is by when."""

    need: Need
    code: str
    promised: datetime
