"""What the house asks of communities in a month: forms, fields and photos, counted from forms and records as they are.

Counted by community, never by person; two months side by side in the same questions.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.apps.places.models import Place
from linli.apps.places.queries.tree import COMMUNITIES, below, in_force, visible_to
from linli.kernel.contributions import AskedForm, FormOffer, contributions
from linli.kernel.files.models import Photo
from linli.kernel.scope import Actor
from linli.kernel.tables.collecting.records import CollectionUnit

COLLECTED = _("Forms the street collects")
HEADINGS = (
    "类别", "表单", "填写项", "其中必填", "本月填写次数", "上月填写次数", "本月填写项合计", "上月填写项合计",
    "本月照片", "上月照片",
)  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """One form: its fields, how many must be filled in, how often it was, and the photos; this month and before."""

    subject: str | Promise
    title: str | Promise
    fields: int
    required: int
    times: int
    times_before: int
    photos: int
    photos_before: int

    @property
    def filled(self) -> int:
        return self.fields * self.times

    @property
    def filled_before(self) -> int:
        return self.fields * self.times_before

    @property
    def row(self) -> tuple[Any, ...]:
        """As a row under HEADINGS."""
        return (
            str(self.subject), str(self.title), self.fields, self.required, self.times, self.times_before, self.filled,
            self.filled_before, self.photos, self.photos_before,
        )  # fmt: skip


@dataclass(frozen=True)
class Month:
    """The moments between which a month lies, and the month before."""

    first: date

    @property
    def before(self) -> "Month":
        return Month((self.first - timedelta(days=1)).replace(day=1))

    @property
    def after(self) -> "Month":
        return Month((self.first + timedelta(days=32)).replace(day=1))

    @property
    def has_after(self) -> bool:
        """Whether the month after has begun."""
        return self.after.first <= timezone.localdate()

    @property
    def begins(self) -> datetime:
        return timezone.make_aware(datetime.combine(self.first, time.min))

    @property
    def word(self) -> str:
        return f"{self.first:%Y-%m}"

    def holds(self, moment: str) -> Q:
        """Rows whose ``moment`` lies in it."""
        return Q(**{f"{moment}__gte": self.begins, f"{moment}__lt": self.after.begins})


def communities_of(actor: Actor, on: date) -> QuerySet[Place]:
    """The communities and villages at the reader's desk."""
    return visible_to(actor, in_force(on)).filter(level__in=COMMUNITIES).order_by("code")


def asked_of(communities: Collection[UUID], month: Month) -> list[Asked]:
    """Every form with its figures for these communities together; two queries a form, whatever their number."""
    places = below(communities)
    found = [_counted(form, places, month) for form in contributions(AskedForm)]
    return [*found, *(_collected(offer, places, month) for offer in contributions(FormOffer))]


def total_of(found: Iterable[Asked]) -> Asked:
    """All forms together."""
    rows = list(found)
    return Asked(
        "", _("Together"), sum(row.fields for row in rows), sum(row.required for row in rows),
        sum(row.times for row in rows), sum(row.times_before for row in rows),
        sum(row.photos for row in rows), sum(row.photos_before for row in rows),
    )  # fmt: skip


def _counted(asked: AskedForm, places: Any, month: Month) -> Asked:
    fields = [one for form in asked.forms() for one in form.base_fields.values() if not one.widget.is_hidden]
    rows = asked.rows().filter(**{f"{asked.place}__in": places})
    times = _both(rows, asked.moment, month)
    photos = _photos(asked, rows, month)
    return Asked(asked.subject, asked.title, len(fields), _required(fields), *times, *photos)


def _required(fields: Iterable[forms.Field]) -> int:
    return sum(1 for one in fields if one.required)


def _both(rows: QuerySet[Any], moment: str, month: Month) -> tuple[int, int]:
    """How many rows lie in the month and in the one before; one query."""
    window = rows.filter(month.before.holds(moment) | month.holds(moment))
    found = window.aggregate(
        now=Count("pk", filter=month.holds(moment)), before=Count("pk", filter=month.before.holds(moment))
    )
    return found["now"], found["before"]


def _photos(asked: AskedForm, rows: QuerySet[Any], month: Month) -> tuple[int, int]:
    if not asked.photos:
        return 0, 0
    return _both(Photo.objects.filter(owner_kind=asked.photos, owner_id__in=rows.values("pk")), "made_at", month)


def _collected(offer: FormOffer, places: Any, month: Month) -> Asked:
    """A form asked of many units counts for each unit in the month it was asked, whether or not it came back."""
    columns = [*offer.form.fields, *(column for grid in offer.form.grids for column in grid.columns)]
    rows = CollectionUnit.objects.filter(collection__form=offer.name, place_id__in=places)
    times = _both(rows, "collection__opened_at", month)
    return Asked(COLLECTED, offer.title, len(columns), sum(1 for one in columns if one.required), *times, 0, 0)
