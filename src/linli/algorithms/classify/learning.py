"""Learns a model from labelled texts with scikit-learn; what it learned is used with NumPy alone."""

import datetime
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from linli.algorithms.classify.features import word_keys
from linli.algorithms.classify.matrix import Counts, counted, learned, matrix
from linli.algorithms.classify.model import Facts, Model, chances
from linli.algorithms.classify.report import report
from linli.algorithms.classify.texts import hash_of, without_repeats, words_of

HELD_OUT = 0.1
"""The share of each label's texts the report is measured on."""
FEWEST = 10
"""Different texts below which nothing is learned."""
_STRICTNESS, _SMOOTHING, _TOLERANCE = 1.0, 1.0, 5e-2
"""Of the linear model: the price of a mistake, what each count is raised by, when it stops."""
_ANSWERED_AT = 0.97
"""The accuracy the answers of the held-out texts must have."""

_CELLS = 7_000_000
"""Weights of a model at most, so that its file stays below 20 MB: many labels get fewer n-grams."""

Labels = NDArray[np.int64]
Doubles = NDArray[np.float64]


def train(rows: Sequence[tuple[str, str]], *, day: datetime.date, seed: int = 0) -> Model:
    """A model of (text, label) rows, segmented or raw; repeated texts count once, under the label they had first.

    A tenth of each label is held out; a first model of the rest is measured on it (the report) and tells how
    far scores can be trusted. The model given back has learned from all rows; the same rows and seed give the same.
    Raises ValueError with a sentence for fewer than two labels, fewer than ``FEWEST`` different texts, one text only
    of every label, and texts without a word in common.
    """
    kept = [(text, label) for text, label in without_repeats(rows) if text and label]
    names = sorted({label for _text, label in kept})
    if len(names) < 2:
        raise ValueError("there is one label only; a model needs texts of two at least")
    if len(kept) < FEWEST:
        raise ValueError(f"there are {len(kept)} different texts; a model needs {FEWEST} at least")
    labels = np.array([names.index(label) for _text, label in kept])
    if np.bincount(labels).max() < 2:
        raise ValueError("every label has one text only; a model needs several of each")
    texts = [words_of(text) for text, _label in kept]
    counts = counted(texts)
    if not (np.bincount(counts.which) > 2).any():
        raise ValueError("the texts have no word in common; nothing can be learned from them")
    scores, held = _scores_of_held_out(counts, labels, seed)
    sharpness = _sharpness(scores, labels[held])
    likely = chances(scores, sharpness)
    sure = _sure(likely, labels[held])
    facts = Facts(
        labels=tuple(names),
        day=day,
        data_hash=hash_of(kept),
        texts=len(kept),
        sharpness=sharpness,
        sure=sure,
        report=report(names, labels[held], likely, sure=sure),
    )
    vocabulary = learned(counts, np.ones(len(texts), bool), most=_CELLS // len(names))
    weights, bias = fitted(matrix(counts, vocabulary), labels)
    known = np.unique(word_keys(sorted({word for text in texts for word in text})))
    return Model(facts, vocabulary, known, weights.astype(np.float16), bias.astype(np.float32))


def held_out(labels: Labels, seed: int) -> NDArray[np.int64]:
    """The numbers of the texts the report is measured on: a tenth of each label, at least one in all, by seed."""
    chance = np.random.default_rng(seed)
    drawn = []
    for label in range(labels.max() + 1):
        own = chance.permutation(np.flatnonzero(labels == label))
        drawn.append(own[: int(len(own) * HELD_OUT)])
    held = np.sort(np.concatenate(drawn))
    return held if len(held) else np.flatnonzero(labels == np.bincount(labels).argmax())[:1]


def fitted(rows: Any, labels: Labels) -> tuple[Doubles, Doubles]:
    """Weights (n-grams × labels) and what each label starts with, one linear model a label.

    Wang and Manning's (2012) support vector machine over naive Bayes features: each n-gram is first weighed by how
    much more often it stands in texts of the label than in others.
    """
    from scipy.sparse import csr_matrix
    from sklearn.svm import LinearSVC

    how_many = int(labels.max()) + 1
    entry_label = np.repeat(labels, np.diff(rows.indptr))
    stands = np.bincount(rows.indices.astype(np.int64) * how_many + entry_label, minlength=rows.shape[1] * how_many)
    table: Doubles = stands.reshape(rows.shape[1], how_many).astype(np.float64)
    own, others = table + _SMOOTHING, table.sum(axis=1, keepdims=True) - table + _SMOOTHING
    ratio = np.log(own / own.sum(axis=0)) - np.log(others / others.sum(axis=0))
    bias = np.zeros(how_many)
    for label in range(how_many):
        scaled = csr_matrix((rows.data * ratio[rows.indices, label], rows.indices, rows.indptr), shape=rows.shape)
        machine = LinearSVC(C=_STRICTNESS, tol=_TOLERANCE, random_state=0).fit(scaled, labels == label)
        ratio[:, label] *= machine.coef_[0]
        bias[label] = machine.intercept_[0]
    return ratio, bias


def _scores_of_held_out(counts: Counts, labels: Labels, seed: int) -> tuple[Doubles, NDArray[np.int64]]:
    """The scores (texts × labels) of the texts held out by a model that has seen nothing of them, and their numbers."""
    held = held_out(labels, seed)
    out = np.zeros(len(labels), bool)
    out[held] = True
    rows = matrix(counts, learned(counts, ~out, most=_CELLS // (int(labels.max()) + 1)))
    weights, bias = fitted(rows[~out], labels[~out])
    scores: Doubles = rows[held] @ weights + bias
    return scores, held


def _sharpness(scores: Doubles, truth: Labels) -> float:
    """The factor by which scores become the chances under which the truth is most likely."""
    told = np.arange(len(truth))

    def surprise(factor: float) -> float:
        return float(-np.log(chances(scores, factor)[told, truth] + 1e-12).mean())

    coarse = np.geomspace(0.1, 100, 61)
    return float(min(coarse, key=surprise))


def _sure(likely: Doubles, truth: Labels) -> float:
    """The least confidence from which on answers are as often right as is asked; above 1 where none is."""
    confidence, right = likely.max(axis=1), likely.argmax(axis=1) == truth
    order = np.argsort(-confidence, kind="stable")
    share = np.cumsum(right[order]) / np.arange(1, len(truth) + 1)
    enough = np.flatnonzero(share >= _ANSWERED_AT)
    return float(confidence[order[enough[-1]]]) if len(enough) else 2.0
