"""Messages as vectors of length one: character 2- and 3-grams by TF-IDF, the title's counting most."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

TITLE = 0.85
"""The title's share of the likeness of two messages; the rest is the text's."""
BEGINNING = 300
"""Characters of the text that are read: what follows is thanks and addresses."""
WIDTHS = (2, 3)


class Message(NamedTuple):
    """What somebody wrote: a title (may be empty) and a text."""

    title: str
    text: str


def vectors(messages: Sequence[Message]) -> Any:
    """A sparse matrix, messages × grams, whose products are cosines. Grams of one message alone tell nothing."""
    from scipy import sparse

    titles = _weighed([message.title or message.text[:40] for message in messages], common=1)
    texts = _weighed([message.text[:BEGINNING] for message in messages], common=0)
    return _unit(sparse.hstack([titles * np.sqrt(TITLE), texts * np.sqrt(1 - TITLE)]).tocsr())


def _weighed(texts: Sequence[str], *, common: int) -> Any:
    """Rows of length one: log(1 + how often) · log(common + texts ÷ texts that have it).

    With ``common`` 0 what every text has counts nothing (politeness); with 1 it counts a little (all are about it).
    """
    from scipy import sparse

    places: dict[str, int] = {}
    columns: list[int] = []
    values: list[int] = []
    starts = [0]
    for text in texts:
        counted = Counter(grams(text))
        columns += [places.setdefault(gram, len(places)) for gram in counted]
        values += counted.values()
        starts.append(len(columns))
    shape = (len(texts), max(len(places), 1))
    rows = sparse.csr_matrix((np.log1p(np.array(values, dtype=np.float64)), columns, starts), shape=shape)
    shown = np.bincount(np.array(columns, dtype=np.intp), minlength=shape[1])
    rare = np.where(shown > 1, np.log(common + len(texts) / np.maximum(shown, 1)), 0.0)
    return _unit(rows @ sparse.diags(rare))


def grams(text: str) -> list[str]:
    """The runs of two and three letters, digits or characters of a text."""
    plain = "".join(one for one in text.lower() if one.isalnum())
    return [plain[at : at + width] for width in WIDTHS for at in range(len(plain) - width + 1)]


def _unit(rows: Any) -> Any:
    """Each row divided by its length; empty rows stay empty."""
    from scipy import sparse

    length = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    kept = sparse.csr_matrix(sparse.diags(1 / np.where(length > 0, length, 1.0)) @ rows)
    kept.eliminate_zeros()
    return kept
