"""What a subject says of its forms, so that the house can count what it asks of communities."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from linli.kernel.contributions.kinds import Text


@dataclass(frozen=True)
class AskedForm:
    """A form the house asks communities to fill in: counted on the burden page by community and month, never by person.

    ``forms()`` are its classes (a long form has several sheets); their visible fields are counted.
    ``rows()`` are the records staff made with it, ``place`` the look-up that leads to their place (a column of
    ids or a foreign key), ``moment`` the one that dates them.
    ``photos`` is the kind of Ref whose photos belong to it, "" for none.
    """

    name: str
    subject: Text
    title: Text
    forms: Callable[[], tuple[Any, ...]]
    rows: Callable[[], Any]
    place: str
    moment: str
    photos: str = ""
