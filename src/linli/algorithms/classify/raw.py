"""Raw messages as people wrote them, and a model that has learned from none of them: does it work on raw text?

The labelled raw messages share their rows with the segmented ones. So whatever shares half of its words with one of
them is taken out of what is learned.
"""

import csv
import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from linli.algorithms.classify.files import dumped, loaded
from linli.algorithms.classify.learning import train
from linli.algorithms.classify.splits import Rows, folder, macro_f1
from linli.algorithms.classify.texts import tidied, words_of

SHARED = 0.5
"""The share of a segmented message's words that may stand in a raw one at most; and the other way round."""


@dataclass(frozen=True)
class MeasuredRaw:
    """``learned``: messages learned from; ``left_out``: taken out; ``asked``: raw messages; the rest are shares."""

    learned: int
    left_out: int
    asked: int
    accuracy: float
    macro_f1: float
    in_two: float
    answered: float
    right_of_answered: float


def raw_messages() -> Rows:
    """Subject and body of the raw messages with their labels, each once. Raises OSError where they are not there."""
    with (folder() / "sample_raw.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [(f"{row['subject']}。{row['body']}", row["label"].strip()) for row in csv.DictReader(file)]
    return list({tidied(text): (text, label) for text, label in rows}.values())


def apart(rows: Rows, raw: Rows) -> Rows:
    """``rows`` without those that share half of their different words, one way or the other, with a raw message."""
    bags = [set(words_of(tidied(text))) for text, _label in raw]
    places: dict[str, list[int]] = {}
    for number, bag in enumerate(bags):
        for word in bag:
            places.setdefault(word, []).append(number)
    sizes = [len(bag) for bag in bags]
    return [row for row in rows if not _shares(set(words_of(tidied(row[0]))), places, sizes)]


def _shares(words: set[str], places: dict[str, list[int]], sizes: Sequence[int]) -> bool:
    met = Counter(number for word in words for number in places.get(word, ()))
    return any(both >= SHARED * len(words) or both >= SHARED * sizes[number] for number, both in met.items())


def measured_raw(rows: Rows) -> MeasuredRaw:
    """A model of the segmented ``rows`` apart from every raw message, asked about the raw messages as they stand."""
    raw = raw_messages()
    inside = apart(rows, raw)
    model = loaded(dumped(train(inside, day=datetime.date(2026, 1, 1))))
    answers, truth = [model.answer(text) for text, _label in raw], [label for _text, label in raw]
    named = [answer.label for answer in answers]
    right = np.array([one == true for one, true in zip(named, truth, strict=True)])
    sure = np.array([answer.sure for answer in answers])
    in_two = [true in (answer.label, answer.second) for answer, true in zip(answers, truth, strict=True)]
    return MeasuredRaw(
        len(inside),
        len(rows) - len(inside),
        len(raw),
        float(right.mean()),
        macro_f1(truth, named),
        float(np.mean(in_two)),
        float(sure.mean()),
        float(right[sure].mean()),
    )
