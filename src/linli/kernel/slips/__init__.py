"""Slips: one-time random codes, kept as a keyed hash, used once; for a secret purpose joined to nobody."""

from typing import TYPE_CHECKING

from linli.kernel import lazily
from linli.kernel.slips.codes import ALPHABET, LENGTH, new_code, show, tidy

if TYPE_CHECKING:
    from linli.kernel.slips.issuing import check, issue, left, look, purpose_of, use
    from linli.kernel.slips.models import Slip
else:
    __getattr__ = lazily(__name__, issuing="check issue left look purpose_of use", models="Slip")

__all__ = [
    "ALPHABET",
    "LENGTH",
    "Slip",
    "check",
    "issue",
    "left",
    "look",
    "new_code",
    "purpose_of",
    "show",
    "tidy",
    "use",
]
