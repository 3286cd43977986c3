"""What ships with the house, taken in one tap: categories with templates of answers, and score sheets; never money."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.needs.models import Category
from linli.apps.needs.services import load_catalogue
from linli.apps.reviews.services import SAMPLES, take_sample
from linli.kernel.audit import Keep, register_action
from linli.kernel.errors import Conflict
from linli.kernel.events import record
from linli.kernel.rubric.models import Rubric
from linli.kernel.scope import Actor

register_action(
    "opening.shipped",
    _("took the categories and score sheets that come with the house"),
    keep=Keep.FOR_EVER,
    words={"categories": _("categories and templates"), "rubrics": _("score sheets")},
)


@dataclass(frozen=True)
class Taken:
    """How many rows came in: categories with templates, and score sheets."""

    categories: int
    rubrics: int


def ships() -> bool:
    """Whether the house still lacks one of the two whole, so that the tap is offered. Two queries at most."""
    return not Category.objects.exists() or not Rubric.objects.exists()


def take_shipped(*, actor: Actor | None, at: datetime | None = None) -> Taken:
    """Take whichever of the two the house lacks whole; what somebody wrote stays as it is.

    Raises Conflict where both are there, or another window takes them at this moment.
    """
    moment = at or timezone.now()
    try:
        with transaction.atomic():
            taken = Taken(_categories(moment), _rubrics())
            if taken == Taken(0, 0):
                raise Conflict(_("Categories and score sheets are there already. Change them where they are kept."))
            facts = {"categories": taken.categories, "rubrics": taken.rubrics}
            record("opening.shipped", None, actor=actor, facts=facts, at=moment)
    except IntegrityError:
        raise Conflict(_("This step was taken in another window. The page shows how far it is now.")) from None
    return taken


def _categories(at: datetime) -> int:
    return 0 if Category.objects.exists() else load_catalogue(actor=None, at=at)


def _rubrics() -> int:
    if Rubric.objects.exists():
        return 0
    return len([take_sample(name) for name in SAMPLES])
