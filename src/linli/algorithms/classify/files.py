"""A model as one file: arrays and JSON, nothing that runs when it is opened."""

import datetime
import hashlib
import io
import json
import zipfile
import zlib
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from linli.algorithms.classify.matrix import Vocabulary
from linli.algorithms.classify.model import Facts, Model
from linli.algorithms.classify.report import Report

FORM = "linli.classify/1"
LARGEST = 64 * 1024 * 1024
"""Bytes of a model, unpacked; a file that says it holds more is not opened."""
ARRAYS = {"keys": np.uint32, "rarity": np.float16, "known": np.uint32, "weights": np.float16, "bias": np.float32}


class Damaged(ValueError):
    """The file is no model that can be used, with the sentence that says why."""


def dumped(model: Model) -> bytes:
    """The model's file: a zip of arrays in NumPy's own form and ``facts``, JSON in UTF-8. Equal models, equal bytes."""
    arrays: dict[str, NDArray[Any]] = {
        "keys": model.vocabulary.keys,
        "rarity": model.vocabulary.rarity.astype(np.float16),
        "known": model.known,
        "weights": model.weights,
        "bias": model.bias,
    }
    told = told_of(model.facts) | {"form": FORM, "arrays": _digest(arrays)}
    words = json.dumps(told, ensure_ascii=False, sort_keys=True).encode()
    out = io.BytesIO()
    np.savez(out, allow_pickle=False, facts=np.frombuffer(words, np.uint8), **arrays)
    return out.getvalue()


def told_of(facts: Facts) -> dict[str, Any]:
    """What is known of a model, as plain values."""
    return {
        "labels": list(facts.labels),
        "date": facts.day.isoformat(),
        "data_hash": facts.data_hash,
        "texts": facts.texts,
        "sharpness": facts.sharpness,
        "sure": facts.sure,
        "report": facts.report.as_json(),
    }


def loaded(data: bytes) -> Model:
    """The model of a file. Raises ``Damaged`` with a sentence; nothing of the file is ever run."""
    try:
        arrays = _arrays(data)
        told = json.loads(arrays.pop("facts").tobytes())
        if told["form"] != FORM or told["arrays"] != _digest(arrays):
            raise Damaged("the arrays of the model are not those it was written with")
        model = _model(arrays, told)
    except Damaged:
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, KeyError, TypeError, ValueError) as error:
        raise Damaged("the file is damaged, or not a model of Linli") from error
    _check(model)
    return model


def _arrays(data: bytes) -> dict[str, NDArray[Any]]:
    """The file's arrays; their names and types are looked at before any of them is read."""
    wanted = {f"{name}.npy": np.dtype(kind) for name, kind in (ARRAYS | {"facts": np.uint8}).items()}
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        if sorted(parts.namelist()) != sorted(wanted):
            raise Damaged("the file is damaged, or not a model of Linli")
        if sum(part.file_size for part in parts.infolist()) > LARGEST:
            raise Damaged(f"the model is larger than {LARGEST // 1024 // 1024} MB")
        for name, kind in wanted.items():
            with parts.open(name) as part:
                if (found := _kind(part)).hasobject:
                    raise Damaged("the file holds Python objects (a pickle); such a file is never opened")
                if found != kind:
                    raise Damaged("the file is damaged, or not a model of Linli")
        return {
            name.removesuffix(".npy"): np.lib.format.read_array(io.BytesIO(parts.read(name)), allow_pickle=False)
            for name in wanted
        }


def _kind(part: IO[bytes]) -> np.dtype[Any]:
    """The type of an array, from the head of its part."""
    version = np.lib.format.read_magic(part)
    read = np.lib.format.read_array_header_1_0 if version == (1, 0) else np.lib.format.read_array_header_2_0
    kind: np.dtype[Any] = read(part)[2]
    return kind


def _model(arrays: dict[str, NDArray[Any]], told: dict[str, Any]) -> Model:
    labels = tuple(str(label) for label in told["labels"])
    facts = Facts(
        labels=labels,
        day=datetime.date.fromisoformat(told["date"]),
        data_hash=str(told["data_hash"]),
        texts=int(told["texts"]),
        sharpness=float(told["sharpness"]),
        sure=float(told["sure"]),
        report=Report.of_json(labels, told["report"]),
    )
    vocabulary = Vocabulary(arrays["keys"], arrays["rarity"].astype(np.float32))
    return Model(facts, vocabulary, arrays["known"], arrays["weights"], arrays["bias"])


def _check(model: Model) -> None:
    """Raises ``Damaged`` where sizes do not fit each other, keys are not in order or a number is none."""
    keys, labels = model.vocabulary.keys, len(model.facts.labels)
    fits = (
        labels >= 2
        and model.weights.shape == (len(keys), labels)
        and model.vocabulary.rarity.shape == keys.shape
        and model.bias.shape == (labels,)
        and model.known.ndim == 1
        and len(model.known) > 0
    )
    ordered = fits and bool((keys[1:] > keys[:-1]).all() and (model.known[1:] > model.known[:-1]).all())
    if not ordered or not all(bool(np.isfinite(part).all()) for part in (model.weights, model.bias)):
        raise Damaged("the file is damaged, or not a model of Linli")


def _digest(arrays: dict[str, NDArray[Any]]) -> str:
    """SHA-256 of the arrays, by name."""
    digest = hashlib.sha256()
    for name in sorted(arrays):
        digest.update(f"{name}{arrays[name].shape}".encode())
        digest.update(np.ascontiguousarray(arrays[name]).tobytes())
    return digest.hexdigest()
