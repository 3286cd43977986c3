"""A picture that shows the notice on a board, at the beginning or at the end of its period."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.apps.places.models import Place
from linli.apps.publicity.models.notice import PublicNotice
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


class BoardMoment(models.TextChoices):
    START = "start", _("At the beginning")
    END = "end", _("At the end")


class BoardPhoto(Record):
    """``file_id`` is the stored picture (its owner is the notice); ``place`` where the board stands."""

    notice = models.ForeignKey(PublicNotice, models.CASCADE, related_name="photos")
    moment = models.CharField(_("when"), max_length=6, choices=BoardMoment)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("where it hangs"))
    taken_on = models.DateField(_("taken on"))
    file_id = models.UUIDField(unique=True)

    class Meta:
        ordering = ["moment", "taken_on", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="publicity_photo_moment", condition=models.Q(moment__in=("start", "end"))),
        ]

    def __str__(self) -> str:
        return f"{self.notice}：{self.get_moment_display()}"

    @property
    def anchor(self) -> Anchor:
        return self.notice.anchor
