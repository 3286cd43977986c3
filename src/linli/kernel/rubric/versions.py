"""Versions of a rubric: a new one for every change after the first use."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.kernel.errors import Conflict
from linli.kernel.rubric.criteria import Anchor, Criterion, Scale
from linli.kernel.rubric.models import CriterionRow, Rubric, RubricVersion


@transaction.atomic
def define(name: str, *, title: str, criteria: Iterable[Criterion], source: str = "") -> RubricVersion:
    """A new version of the rubric ``name``, made on the first call. Earlier versions stay as they are.

    Raises Refusal for criteria that make no sense. The caller writes the audit row.
    """
    scale = Scale(tuple(criteria))
    rubric, made = Rubric.objects.get_or_create(name=name, defaults={"title": title})
    if not made:
        Rubric.objects.filter(pk=rubric.pk).update(title=title)
    last = rubric.versions.aggregate(last=Max("number"))["last"] or 0
    version = RubricVersion.objects.create(rubric=rubric, number=last + 1, source=source)
    _write(version, scale)
    return version


@transaction.atomic
def change(version: RubricVersion, *, criteria: Iterable[Criterion]) -> None:
    """Replace the criteria of a version nobody has used. Raises Conflict once it was used, and Refusal."""
    scale = Scale(tuple(criteria))
    waiting = RubricVersion.objects.filter(pk=version.pk, used_at__isnull=True)
    if not waiting.update(changes=F("changes") + 1):
        raise Conflict(_("This version was used already; make a new version instead."), code="rubric-used")
    CriterionRow.objects.filter(version=version).delete()
    _write(version, scale)


@transaction.atomic
def freeze(version: RubricVersion, *, at: datetime | None = None) -> Scale:
    """Call before the first mark is stored: from now on the version never changes. Returns its scale.

    Safe to call for every score; the first call counts.
    """
    RubricVersion.objects.filter(pk=version.pk, used_at__isnull=True).update(used_at=at or timezone.now())
    version.refresh_from_db()
    return scale_of(version)


def scale_of(version: RubricVersion) -> Scale:
    """The criteria of a version, in order. One query."""
    rows = CriterionRow.objects.filter(version=version)
    return Scale(
        tuple(
            Criterion(
                row.code,
                row.title,
                row.top,
                row.weight,
                tuple(Anchor(Decimal(least), Decimal(most), label) for least, most, label in row.anchors),
            )
            for row in rows
        )
    )


def _write(version: RubricVersion, scale: Scale) -> None:
    CriterionRow.objects.bulk_create(
        CriterionRow(
            version=version,
            position=position,
            code=criterion.code,
            title=criterion.title,
            top=criterion.top,
            weight=criterion.weight,
            anchors=[[str(anchor.least), str(anchor.most), anchor.label] for anchor in criterion.anchors],
        )
        for position, criterion in enumerate(scale.criteria)
    )
