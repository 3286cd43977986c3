"""Search by our own tokens, the same rows in the same order on every database, only what the reader may see."""

from typing import TYPE_CHECKING

from linli.kernel import lazily
from linli.kernel.search.text import plain_of

if TYPE_CHECKING:
    from linli.kernel.search.finding import find, find_public
    from linli.kernel.search.writing import index, index_many, rebuild, remove
else:
    __getattr__ = lazily(__name__, finding="find find_public", writing="index index_many rebuild remove")

__all__ = ["find", "find_public", "index", "index_many", "plain_of", "rebuild", "remove"]
