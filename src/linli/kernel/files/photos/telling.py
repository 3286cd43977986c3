"""What is written down of photos, and about which record."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.kernel.audit import register_action
from linli.kernel.refs import Ref, resolve

NAME, HASH, REASON = _("file"), _("hash of the original"), _("reason")

register_action("files.photo.add", _("added a photo"), words={"name": NAME, "sha256": HASH})
register_action("files.photo.blur", _("blurred a photo"), words={"name": NAME, "boxes": _("places blurred")})
register_action("files.photo.withdraw", _("withdrew a photo"), words={"name": NAME, "reason": REASON})
register_action("files.photo.forget", _("erased a photo"), words={"name": NAME, "sha256": HASH})
register_action(
    "files.photo.open_original",
    _("opened the original of a photo"),
    words={"name": NAME, "sha256": HASH, "reason": REASON},
)


def subject_of(owner: Ref) -> Any:
    """The record itself, so that its own street's chain is written; its ref where it is no longer there."""
    found = resolve([owner], actor=None, everything=True).get(owner)
    return owner if found is None else found.record
