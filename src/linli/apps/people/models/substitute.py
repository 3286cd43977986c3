"""Who acts in a post while its holder is away (AB岗)."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.apps.people.models.post import Post
from linli.apps.people.models.user import User
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


class SubstituteRows(models.QuerySet["Substitute"]):
    """Rows of substitutes."""

    def in_force(self, on: date) -> "SubstituteRows":
        """Those arranged for the day ``on``; whether the holder is away is another question."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on), valid_from__lte=on)


class Substitute(Record):
    """``deputy`` acts in ``post`` whenever its ``holder`` is away, until the day before ``valid_to``.

    ``holder`` repeats the post's person, so that the database itself refuses A as his own B.
    """

    post = models.ForeignKey(Post, models.PROTECT, related_name="substitutes", verbose_name=_("post"))
    holder = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("person"))
    deputy = models.ForeignKey(User, models.PROTECT, related_name="deputizes", verbose_name=_("substitute"))
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid until"), null=True, blank=True)

    objects = SubstituteRows.as_manager()

    class Meta:
        ordering = ["-valid_from", "id"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["deputy", "valid_from"], name="people_deputy")]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="people_nobody_is_his_own_substitute", condition=~Q(holder=F("deputy"))),
            models.UniqueConstraint(
                name="people_one_substitute_a_post", fields=["post"], condition=Q(valid_to__isnull=True)
            ),
            models.UniqueConstraint(name="people_one_substitute_a_day", fields=["post", "valid_from"]),
            models.CheckConstraint(
                name="people_substitute_ends_after_it_begins",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deputy} · {self.post}"

    @property
    def anchor(self) -> Anchor:
        return self.post.anchor
