"""Photos of a record: time and place read, the original sealed, every other copy stripped, doubles shown.

``take_in``, ``blur``, ``withdraw`` and ``forget`` are called by a verb (or page) that has asked whether the actor may.
"""

from typing import TYPE_CHECKING

from linli.kernel import lazily

if TYPE_CHECKING:
    from linli.kernel.files.photos.blurring import Box, blur
    from linli.kernel.files.photos.likeness import Alike, alike, alike_all
    from linli.kernel.files.photos.showing import Tile, grid, of, photo_for
    from linli.kernel.files.photos.taking import take_in
    from linli.kernel.files.photos.unsealing import may_open_original, open_original
    from linli.kernel.files.photos.withdrawing import forget, withdraw
else:
    __getattr__ = lazily(
        __name__,
        blurring="Box blur",
        likeness="Alike alike alike_all",
        showing="Tile grid of photo_for",
        taking="take_in",
        unsealing="may_open_original open_original",
        withdrawing="forget withdraw",
    )

__all__ = [
    "Alike",
    "Box",
    "Tile",
    "alike",
    "alike_all",
    "blur",
    "forget",
    "grid",
    "may_open_original",
    "of",
    "open_original",
    "photo_for",
    "take_in",
    "withdraw",
]
