"""A finding: what may not be public, where it stands, and enough of it to be recognized."""

from dataclasses import dataclass, replace

from django.db.models import TextChoices
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class FindingKind(TextChoices):
    """What was found. The last one stops nothing: it asks the checker to look with his own eyes."""

    ID_NUMBER = "id_number", _("identity card number")
    MOBILE = "mobile", _("mobile number")
    LANDLINE = "landline", _("telephone number that is not declared as an office's")
    BANK_CARD = "bank_card", _("bank card number")
    HOUSE = "house", _("house number of a home")
    HARDSHIP = "hardship", _("name beside words of hardship or illness")
    HIDDEN = "hidden", _("hidden sheet, row, column or text")
    COMMENT = "comment", _("comment or tracked change")
    PROPERTY = "property", _("property of the file that names a person")
    LOCKED = "locked", _("file that cannot be opened and read")
    BY_EYE = "by_eye", _("picture without text: look at it yourself")


@dataclass(frozen=True, slots=True)
class Finding:
    """``where`` is the field, line, cell or page; ``excerpt`` is masked: nothing new is learned from it."""

    kind: FindingKind
    where: str = ""
    excerpt: str = ""

    @property
    def stops(self) -> bool:
        """Whether publishing is refused because of it."""
        return self.kind is not FindingKind.BY_EYE

    def at(self, place: str) -> "Finding":
        """The same finding in a larger whole: "附件1.xlsx" before "名单!B3"."""
        return replace(self, where=" · ".join(part for part in (place, self.where) if part))

    def __str__(self) -> str:
        words = {"where": self.where, "kind": self.kind.label, "excerpt": self.excerpt}
        if not self.excerpt:
            return gettext("%(where)s: %(kind)s") % words if self.where else str(self.kind.label)
        if not self.where:
            return gettext("%(kind)s: “%(excerpt)s”") % words
        return gettext("%(where)s: %(kind)s: “%(excerpt)s”") % words
