"""Rubrics of reviews: samples that ship with Linli, and those a street writes itself."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.apps.reviews.permissions import KEEPERS
from linli.apps.reviews.services.keeping import NOT_YOURS
from linli.kernel import rubric as rubrics
from linli.kernel.errors import NotAllowed, Refusal
from linli.kernel.refs import new_key
from linli.kernel.rubric.models import RubricVersion
from linli.kernel.scope import Actor, holds

SAMPLES = {
    "pitch_review": "创投路演评审（样例）",
    "midterm_review": "中期评估（样例）",
    "closing_review": "结项评审（样例）",
}
"""Rules Part 3.1 to 3.3 as data: every figure may be changed by writing an own rubric."""
Row = tuple[str, str]


@transaction.atomic
def take_sample(name: str) -> RubricVersion:
    """The rubric of a sample, made when it is taken for the first time."""
    found = RubricVersion.objects.filter(rubric__name=name).order_by("-number").first()
    return found or rubrics.define(
        name, title=SAMPLES[name], criteria=rubrics.sample(name), source="规则第三部分（样例）"
    )


def write_rubric(*, title: str, rows: Sequence[Row], actor: Actor | None) -> RubricVersion:
    """A rubric of the street's own: (criterion, top mark) line by line, all top marks together 100. Raises Refusal."""
    if actor is not None and not holds(*KEEPERS)(actor, None):
        raise NotAllowed(NOT_YOURS)
    criteria = []
    for number, (name, top) in enumerate(rows, 1):
        try:
            mark = Decimal(top)
        except InvalidOperation:
            raise Refusal(_("Write each line as criterion and top mark, such as “Need 20”."), field="rows") from None
        criteria.append(rubrics.Criterion(f"c{number}", name, mark, mark))
    return rubrics.define(f"reviews.{new_key().hex}", title=title, criteria=criteria, source="自拟")
