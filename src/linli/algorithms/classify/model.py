"""A learned model and what it says of a text: NumPy alone, no scikit-learn."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from linli.algorithms.classify.features import Grams, Keys, Places, grams, word_keys
from linli.algorithms.classify.matrix import Floats, Vocabulary, weighed
from linli.algorithms.classify.report import Report
from linli.algorithms.classify.texts import is_segmented, tidied, words_of

REASONS = 5
"""Words named at most."""
Doubles = NDArray[np.float64]


@dataclass(frozen=True)
class Facts:
    """What is known of a model: its labels, the day and the rows (SHA-256, how many) it was learned from.

    ``sharpness`` turns scores into chances; a label named with a chance of at least ``sure`` may be filled in.
    ``report``: how good a model of the other texts was on those held out.
    """

    labels: tuple[str, ...]
    day: datetime.date
    data_hash: str
    texts: int
    sharpness: float
    sure: float
    report: Report


@dataclass(frozen=True)
class Answer:
    """The label of a text, how likely it is right, the next best, and the words that speak most for the label.

    ``label`` is empty where nothing of the text is known; ``sure``: good enough to be filled in.
    """

    label: str
    confidence: float
    second: str
    second_confidence: float
    sure: bool
    reasons: tuple[str, ...]


NOTHING = Answer("", 0.0, "", 0.0, sure=False, reasons=())


@dataclass(frozen=True)
class Model:
    """Weights of n-grams (vocabulary × labels), what each label starts with, and the words that were learned from."""

    facts: Facts
    vocabulary: Vocabulary
    known: Keys
    weights: NDArray[np.float16]
    bias: NDArray[np.float32]

    def answer(self, text: str) -> Answer:
        """What the model says of a text, segmented or raw; of raw text only words it has learned from are looked at."""
        words = self.words(text)
        if not words:
            return NOTHING
        found = grams([words])
        keys, inverse, often = np.unique(found.keys, return_inverse=True, return_counts=True)
        places, known = self.vocabulary.places(keys)
        if not known.any():
            return NOTHING
        places = places[known]
        counts = (often + np.bincount(inverse, weights=found.opening))[known].astype(np.float32)
        values = self._weighed(counts, places)
        weights = self.weights[places].astype(np.float32)
        likely = chances((values @ weights + self.bias)[None, :].astype(np.float64), self.facts.sharpness)[0]
        best, second = (int(at) for at in np.argsort(-likely, kind="stable")[:2])
        spoken = np.zeros(len(keys), np.float32)
        spoken[known] = values * (weights[:, best] - weights.mean(axis=1))
        return Answer(
            self.facts.labels[best],
            float(likely[best]),
            self.facts.labels[second],
            float(likely[second]),
            sure=float(likely[best]) >= self.facts.sure,
            reasons=_reasons(words, found, spoken[inverse]),
        )

    def _weighed(self, counts: Floats, places: Places) -> Floats:
        """The weights of the known n-grams of one text."""
        characters = places >= self.vocabulary.words
        return weighed(counts, self.vocabulary.rarity[places], np.zeros(len(places), np.int64), characters, 1)

    def words(self, text: str) -> list[str]:
        """The words of a text that the model looks at."""
        tidy = tidied(text)
        words = words_of(tidy)
        if not words or is_segmented(tidy):
            return words
        keys = word_keys(words)
        places = np.minimum(np.searchsorted(self.known, keys), len(self.known) - 1)
        return [word for word, kept in zip(words, self.known[places] == keys, strict=True) if kept]


def chances(scores: Doubles, sharpness: float) -> Doubles:
    """Scores (texts × labels) as chances that sum to 1."""
    raised = np.exp(sharpness * (scores - scores.max(axis=1, keepdims=True)))
    told: Doubles = raised / raised.sum(axis=1, keepdims=True)
    return told


def _reasons(words: Sequence[str], found: Grams, spoken: Floats) -> tuple[str, ...]:
    """The words whose n-grams say most, the strongest first; only such as speak for the label at all.

    ``spoken``: what the n-gram of each occurrence says. A run over several words counts half for the first and half
    for the last.
    """
    total = np.bincount(found.first, weights=spoken, minlength=len(words))
    total += np.bincount(found.last, weights=spoken, minlength=len(words))
    said: list[str] = []
    for at in np.argsort(-total, kind="stable").tolist():
        if total[at] <= 0 or len(said) == REASONS:
            break
        if len(words[at]) > 1 and words[at] not in said:
            said.append(words[at])
    return tuple(said)
