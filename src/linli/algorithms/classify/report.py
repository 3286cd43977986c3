"""How good a model was on texts it had not seen."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class PerLabel:
    """One label: texts held out, and how many of them were named so; how many others were named so wrongly."""

    label: str
    texts: int
    found: int
    wrongly: int

    @property
    def precision(self) -> float:
        """Of the texts named so, the share that is right; 0 where none was."""
        named = self.found + self.wrongly
        return self.found / named if named else 0.0

    @property
    def recall(self) -> float:
        """Of the label's texts, the share that was named so."""
        return self.found / self.texts if self.texts else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = 2 * self.found + self.wrongly + (self.texts - self.found)
        return 2 * self.found / both if both else 0.0


@dataclass(frozen=True)
class Report:
    """Figures of held-out texts.

    ``confusion[i][j]``: texts of label i named j. ``in_two``: the share whose label was the first or the second
    named. ``answered``: the share named with confidence enough to be filled in, ``right_of_answered`` how many of
    those were right (1 where none was answered).
    """

    labels: tuple[str, ...]
    confusion: tuple[tuple[int, ...], ...]
    in_two: float
    answered: float
    right_of_answered: float

    @property
    def texts(self) -> int:
        """How many texts were held out."""
        return sum(map(sum, self.confusion))

    @property
    def accuracy(self) -> float:
        """The share of held-out texts named rightly."""
        return sum(row[at] for at, row in enumerate(self.confusion)) / max(self.texts, 1)

    @property
    def per_label(self) -> list[PerLabel]:
        """Each label's own figures, in the model's order."""
        columns = list(zip(*self.confusion, strict=True))
        return [
            PerLabel(label, sum(row), row[at], sum(columns[at]) - row[at])
            for at, (label, row) in enumerate(zip(self.labels, self.confusion, strict=True))
        ]

    @property
    def macro_f1(self) -> float:
        """The plain mean of the labels' F1, of those that had texts held out or were named."""
        told = [one.f1 for one in self.per_label if one.texts or one.wrongly]
        return sum(told) / len(told) if told else 0.0

    def as_json(self) -> dict[str, Any]:
        """The report as plain values."""
        return {
            "texts": self.texts,
            "accuracy": round(self.accuracy, 4),
            "macro_f1": round(self.macro_f1, 4),
            "in_two": round(self.in_two, 4),
            "answered": round(self.answered, 4),
            "right_of_answered": round(self.right_of_answered, 4),
            "confusion": [list(row) for row in self.confusion],
        }

    @classmethod
    def of_json(cls, labels: Sequence[str], told: Any) -> "Report":
        """The report of ``as_json``. Raises KeyError, TypeError or ValueError where it is not one."""
        confusion = tuple(tuple(int(cell) for cell in row) for row in told["confusion"])
        if [len(row) for row in confusion] != [len(labels)] * len(labels):
            raise ValueError("the table of labels is not square")
        shares = (float(told[name]) for name in ("in_two", "answered", "right_of_answered"))
        return cls(tuple(labels), confusion, *shares)


def report(labels: Sequence[str], truth: NDArray[np.int64], chances: NDArray[np.float64], *, sure: float) -> Report:
    """The figures of texts whose labels are ``truth`` and whose chances (texts × labels) a model named."""
    order = np.argsort(-chances, axis=1, kind="stable")
    named = order[:, 0]
    confusion = np.zeros((len(labels), len(labels)), np.int64)
    np.add.at(confusion, (truth, named), 1)
    answered = chances.max(axis=1) >= sure
    return Report(
        tuple(labels),
        tuple(tuple(int(cell) for cell in row) for row in confusion),
        float(np.mean((order[:, :2] == truth[:, None]).any(axis=1))),
        float(np.mean(answered)),
        float(np.mean((named == truth)[answered])) if answered.any() else 1.0,
    )
