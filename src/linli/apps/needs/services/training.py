"""Learns models from what people confirmed or corrected; publishes one with its report, goes back to the one before."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.algorithms.classify import dumped, told_of, train
from linli.apps.needs.models import Category, ModelState, Need, TrainedModel
from linli.apps.needs.permissions import keeps_rules
from linli.apps.needs.queries.wall import account_of
from linli.apps.needs.services.keeping import moment, require
from linli.apps.needs.services.suggesting import words_of
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.events import record
from linli.kernel.scope import Actor


def training_rows() -> list[tuple[str, str]]:
    """(text, code of the category) of every need whose category a person confirmed or corrected.

    Never of a sensitive kind, never a complaint about a person, post or office, never a category switched off.
    """
    usable = Category.objects.filter(sensitivity="", is_active=True)
    rows = Need.objects.filter(
        category__in=usable, sensitivity="", about_kind="", analysed_at__isnull=False
    ).select_related("category")
    found = rows.only("title", "matter", "category__code").order_by("received_at", "pk")
    return [(words_of(row), row.category.code) for row in found.iterator(2000) if row.category is not None]


def train_model(*, at: datetime | None = None) -> TrainedModel:
    """Learn a model from all confirmed and corrected categories; it is not in use until a person publishes it.

    Raises Refusal where there is too little to learn from.
    """
    when, rows = moment(at), training_rows()
    try:
        model = train(rows, day=timezone.localdate(when))
    except ValueError:
        raise Refusal(
            _("There are too few confirmed categories to learn from (%(count)s).") % {"count": len(rows)},
            code="too-few",
        ) from None
    with transaction.atomic():
        row = TrainedModel.objects.create(
            learned_at=when, texts=model.facts.texts, data_hash=model.facts.data_hash, facts=told_of(model.facts),
            data=dumped(model),
        )  # fmt: skip
        record("needs.trained_model.learn", row, actor=None, facts={"texts": row.texts}, at=when)
    return row


def publish_model(row: TrainedModel, *, actor: Actor, at: datetime | None = None) -> None:
    """Use this model from now on; whoever does it has its report before him. The one in use stands back."""
    require(keeps_rules, actor, None)
    if row.state != ModelState.DRAFT:
        raise Conflict(_("This model was published before."), code="state")
    when = moment(at)
    with transaction.atomic():
        before = TrainedModel.objects.filter(state=ModelState.PUBLISHED).defer("data").first()
        TrainedModel.objects.filter(state=ModelState.PUBLISHED).update(state=ModelState.REPLACED)
        changed = TrainedModel.objects.filter(pk=row.pk, state=ModelState.DRAFT).update(
            state=ModelState.PUBLISHED, published_at=when, published_by=account_of(actor).actor_id, before=before
        )
        if not changed:
            raise Conflict(_("This model was published before."), code="state")
        record("needs.trained_model.publish", row, actor=actor, facts={"texts": row.texts}, at=when)


def go_back(row: TrainedModel, *, actor: Actor, reason: str, at: datetime | None = None) -> None:
    """Use the model before this one again; where there was none, no category is suggested."""
    require(keeps_rules, actor, None)
    why = reason.strip()
    if not why:
        raise Refusal(_("Say why."), field="reason")
    with transaction.atomic():
        if not TrainedModel.objects.filter(pk=row.pk, state=ModelState.PUBLISHED).update(state=ModelState.REPLACED):
            raise Conflict(_("This model is not in use."), code="state")
        before = TrainedModel.objects.values_list("before", flat=True).get(pk=row.pk)
        if before is not None:
            TrainedModel.objects.filter(pk=before).update(state=ModelState.PUBLISHED)
        record("needs.trained_model.go_back", row, actor=actor, facts={"reason": why}, at=moment(at))


def worth_learning(least: int) -> bool:
    """Whether at least so many categories were chosen otherwise than suggested, or at all, since the last model."""
    last = TrainedModel.objects.values_list("learned_at", flat=True).first()
    since = Q() if last is None else Q(analysed_at__gt=last) | Q(category_choice__at__gt=last)
    return Need.objects.filter(since, analysed_at__isnull=False, sensitivity="", about_kind="").count() >= least
