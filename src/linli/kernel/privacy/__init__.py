"""Personal values sealed in their columns, shown masked, opened with a reason; boxes that join nobody to a choice."""

from typing import TYPE_CHECKING

from linli.kernel import lazily
from linli.kernel.privacy.masks import mask_id_number, mask_name, mask_phone, mask_text
from linli.kernel.privacy.numbers import tidy_id_number, tidy_phone
from linli.kernel.privacy.retention import Retention, retain, retention_of, retentions
from linli.kernel.privacy.sorts import ADDRESS, ID_NUMBER, PERSON_NAME, PHONE, Sort, fingerprints

if TYPE_CHECKING:
    from linli.kernel.privacy.boxes import Tally, cast, close_box, has_taken_part, open_box, tally
    from linli.kernel.privacy.columns import Fingerprint, SealedText
    from linli.kernel.privacy.erasure import erase
    from linli.kernel.privacy.freezing import (
        freeze,
        freezes,
        frozen,
        is_frozen,
        nothing_rests,
        parts_at_rest,
        stays,
        unfreeze,
        unfreezes,
    )
    from linli.kernel.privacy.rotation import reseal, rotate
    from linli.kernel.privacy.rounds import carry_out, last_runs
    from linli.kernel.privacy.rows import SecretRow
    from linli.kernel.privacy.sealed import Sealed
else:
    __getattr__ = lazily(
        __name__,
        boxes="Tally cast close_box has_taken_part open_box tally",
        columns="Fingerprint SealedText",
        erasure="erase",
        freezing="freeze freezes frozen is_frozen nothing_rests parts_at_rest stays unfreeze unfreezes",
        rotation="reseal rotate",
        rounds="carry_out last_runs",
        rows="SecretRow",
        sealed="Sealed",
    )

__all__ = [
    "ADDRESS",
    "ID_NUMBER",
    "PERSON_NAME",
    "PHONE",
    "Fingerprint",
    "Retention",
    "Sealed",
    "SealedText",
    "SecretRow",
    "Sort",
    "Tally",
    "carry_out",
    "cast",
    "close_box",
    "erase",
    "fingerprints",
    "freeze",
    "freezes",
    "frozen",
    "has_taken_part",
    "is_frozen",
    "last_runs",
    "mask_id_number",
    "mask_name",
    "mask_phone",
    "mask_text",
    "nothing_rests",
    "open_box",
    "parts_at_rest",
    "reseal",
    "retain",
    "retention_of",
    "retentions",
    "rotate",
    "stays",
    "tally",
    "tidy_id_number",
    "tidy_phone",
    "unfreeze",
    "unfreezes",
]
