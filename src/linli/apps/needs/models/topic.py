"""Hot topics: what many ordinary needs of a street are about in a stretch of days. Counted by matter and place only."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.apps.needs.models.category import Category
from linli.apps.needs.models.need import Need
from linli.apps.places.models import Place
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


class HotTopic(Record):
    """``since`` to ``until`` (days, both counted); ``before``: as many days earlier. ``place``: where most of it lies.

    Who said it is nowhere: neither counted nor kept.
    """

    street = models.ForeignKey(Place, models.CASCADE, related_name="+", verbose_name=_("street"))
    place = models.ForeignKey(Place, models.CASCADE, related_name="+", verbose_name=_("place"))
    category = models.ForeignKey(
        Category, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("category")
    )
    title = models.CharField(_("what it is about"), max_length=80)
    since = models.DateField(_("from"))
    until = models.DateField(_("until"))
    count = models.PositiveIntegerField(_("needs"))
    before = models.PositiveIntegerField(_("needs in the stretch before"))

    class Meta:
        ordering = ["-until", "-count", "id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["street", "-until", "-count", "id"], name="needs_topics_of_a_street"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="needs_topics_end_after_they_begin", condition=Q(until__gte=F("since"))),
            models.CheckConstraint(name="needs_topics_are_of_several", condition=Q(count__gte=2)),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def anchor(self) -> Anchor:
        return Anchor(place=self.place_id)


class HotTopicNeed(Record):
    """One need of a topic; who opens it asks the wall."""

    topic = models.ForeignKey(HotTopic, models.CASCADE, related_name="members")
    need = models.ForeignKey(Need, models.CASCADE, related_name="topics")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["topic", "need"], name="needs_in_a_topic_once"),
        ]

    def __str__(self) -> str:
        return f"{self.topic_id}: {self.need_id}"
