"""Topics among messages: whoever has most near him gathers them, then the next; what is nearly one is put together."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from linli.algorithms.topics.weighing import Message, vectors

NEAR, ONE = 0.2, 0.4
"""Cosine of a message to the one that gathers it; of two topics' centres that are one topic."""
LEAST = 2
Places = npt.NDArray[np.intp]


@dataclass(frozen=True)
class Topic:
    """``members``: places of the messages, ascending; ``middle``: the message most like all of them."""

    members: tuple[int, ...]
    middle: int


def topics_among(messages: Sequence[Message], *, near: float = NEAR, least: int = LEAST) -> list[Topic]:
    """Topics of at least ``least`` messages, the largest first; each message is in one at most."""
    if len(messages) < LEAST:
        return []
    rows = vectors(messages)
    gathered = _gathered(rows, near)
    topics = [_topic(rows, members) for members in _together(rows, gathered) if len(members) >= least]
    return sorted(topics, key=lambda topic: (-len(topic.members), topic.members))


def _gathered(rows: Any, near: float) -> list[Places]:
    """The densest message first with all that are near it and free; then the next."""
    close = (rows @ rows.T).tocsr()
    close.data[close.data < near] = 0
    close.eliminate_zeros()
    dense = np.asarray(close.sum(axis=1)).ravel()
    free = np.ones(close.shape[0], dtype=bool)
    found = []
    for leader in np.argsort(-dense, kind="stable").tolist():
        if not free[leader]:
            continue
        around = close.indices[close.indptr[leader] : close.indptr[leader + 1]]
        around = around[free[around]]
        if len(around) >= LEAST:
            free[around] = False
            found.append(np.sort(around))
    return found


def _together(rows: Any, groups: list[Places]) -> list[Places]:
    """Groups whose centres are nearly one, put together by the largest of them."""
    from scipy import sparse

    if not groups:
        return []
    centres = sparse.vstack([sparse.csr_matrix(rows[members].mean(axis=0)) for members in groups]).tocsr()
    length = np.sqrt(np.asarray(centres.multiply(centres).sum(axis=1)).ravel())
    centres = sparse.diags(1 / np.where(length > 0, length, 1.0)) @ centres
    close = (centres @ centres.T).tocsr()
    taken: set[int] = set()
    found = []
    for group in sorted(range(len(groups)), key=lambda one: (-len(groups[one]), one)):
        if group in taken:
            continue
        places = range(close.indptr[group], close.indptr[group + 1])
        joined = [int(close.indices[at]) for at in places if close.data[at] >= ONE]
        joined = [group, *(one for one in joined if one != group and one not in taken)]
        taken.update(joined)
        found.append(np.sort(np.concatenate([groups[one] for one in joined])))
    return found


def _topic(rows: Any, members: Places) -> Topic:
    own = rows[members]
    likeness = np.asarray(own @ own.mean(axis=0).T).ravel()
    return Topic(tuple(members.tolist()), int(members[int(np.argmax(likeness))]))
