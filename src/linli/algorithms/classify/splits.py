"""Real labelled messages, and how good models of nine tenths of them are on the tenth they have not seen."""

import csv
import datetime
import gzip
import io
import os
import time
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np

from linli.algorithms.classify.files import dumped, loaded
from linli.algorithms.classify.learning import train
from linli.algorithms.classify.texts import without_repeats

SEEDS = (0, 1, 2, 3, 4)
Rows = list[tuple[str, str]]


@dataclass(frozen=True)
class Measured:
    """Of one split: shares of the messages held out (``right_of_answered`` of those answered) and what it cost.

    ``training`` and ``message``: processor seconds; ``size``: bytes of the model's file.
    """

    seed: int
    accuracy: float
    macro_f1: float
    in_two: float
    answered: float
    right_of_answered: float
    training: float
    message: float
    size: int


def folder() -> Path:
    """Where the public messages lie: ``LINLI_DATA``, else beside the repository."""
    beside = Path(__file__).resolve().parents[5] / "shared" / "data"
    return Path(os.environ.get("LINLI_DATA", beside)) / "messages"


def messages() -> Rows:
    """The labelled messages, each text once. Raises OSError where they are not there."""
    with gzip.open(folder() / "train_tokenized.csv.gz") as packed:
        lines = csv.DictReader(io.StringIO(packed.read().decode()))
        return without_repeats((row["text"], row["label"]) for row in lines)


def split(rows: Rows, seed: int) -> tuple[Rows, Rows]:
    """Nine tenths to learn from and the tenth held out, drawn by seed."""
    order = np.random.default_rng(seed).permutation(len(rows)).tolist()
    held = len(rows) // 10
    return [rows[one] for one in order[held:]], [rows[one] for one in order[:held]]


def measured(rows: Rows, seed: int) -> Measured:
    """The figures of one split; how sure the model must be was chosen on the nine tenths alone."""
    inside, held = split(rows, seed)
    began = time.process_time()
    data = dumped(train(inside, day=datetime.date(2026, 1, 1)))
    training = time.process_time() - began
    model = loaded(data)
    began = time.process_time()
    answers = [model.answer(text) for text, _label in held]
    message = (time.process_time() - began) / len(held)
    truth = [label for _text, label in held]
    named = [answer.label for answer in answers]
    right = np.array([one == true for one, true in zip(named, truth, strict=True)])
    sure = np.array([answer.sure for answer in answers])
    in_two = [true in (answer.label, answer.second) for answer, true in zip(answers, truth, strict=True)]
    return Measured(
        seed,
        float(right.mean()),
        macro_f1(truth, named),
        float(np.mean(in_two)),
        float(sure.mean()),
        float(right[sure].mean()),
        training,
        message,
        len(data),
    )


def macro_f1(truth: Sequence[str], named: Sequence[str]) -> float:
    """The plain mean of each label's F1, counted apart from the model's own report."""
    scores = []
    for label in sorted(set(truth) | set(named)):
        both = sum(one == other == label for one, other in zip(truth, named, strict=True))
        scores.append(2 * both / (truth.count(label) + named.count(label)))
    return sum(scores) / len(scores)


def means(found: Sequence[Measured]) -> dict[str, Any]:
    """The mean of each figure over the splits."""
    names = [field.name for field in fields(Measured) if field.name != "seed"]
    return {name: float(np.mean([getattr(one, name) for one in found])) for name in names}
