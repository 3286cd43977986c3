"""A model's file: what is not one gets a sentence, and nothing of it is ever run."""

import datetime
import io
import json
import pickle
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from linli.algorithms.classify import Damaged, dumped, loaded, train
from linli.algorithms.classify.files import LARGEST
from linli.algorithms.classify.inventing import messages

pytestmark = pytest.mark.sqlite_only
NO_MODEL = "the file is damaged, or not a model of Linli"
PICKLE = "the file holds Python objects (a pickle); such a file is never opened"
OTHER_ARRAYS = "the arrays of the model are not those it was written with"


class Trap:
    """What a pickle may do when it is opened."""

    def __reduce__(self) -> tuple[Any, tuple[Path]]:
        return Path.touch, (Path("sprung"),)


@pytest.fixture(scope="module")
def data() -> bytes:
    return dumped(train(messages(40), day=datetime.date(2026, 3, 2)))


def changed(data: bytes, **arrays: Any) -> bytes:
    """The file with other arrays; None leaves one out."""
    with np.load(io.BytesIO(data)) as parts:
        own = {name: parts[name] for name in parts.files} | arrays
    out = io.BytesIO()
    np.savez(out, **{name: array for name, array in own.items() if array is not None})
    return out.getvalue()


def refused(data: bytes) -> str:
    with pytest.raises(Damaged) as wrong:
        loaded(data)
    return str(wrong.value)


def test_it_says_in_json_what_is_known_of_the_model(data: bytes) -> None:
    with np.load(io.BytesIO(data), allow_pickle=False) as parts:
        told = json.loads(parts["facts"].tobytes())
        kinds = {name: parts[name].dtype.name for name in parts.files if name != "facts"}
    assert (told["labels"], told["date"], told["texts"]) == (["停车管理", "环境卫生", "路面设施"], "2026-03-02", 40)
    assert (len(told["data_hash"]), sorted(told["report"])[:2]) == (64, ["accuracy", "answered"])
    assert kinds == {
        "keys": "uint32", "rarity": "float16", "known": "uint32", "weights": "float16", "bias": "float32",
    }  # fmt: skip


@pytest.mark.parametrize("cut", [0, 1, 100, -1, -400])
def test_it_refuses_a_file_cut_short(data: bytes, cut: int) -> None:
    assert refused(data[:cut]) == NO_MODEL


def test_it_notices_a_single_byte_that_changed(data: bytes) -> None:
    place = len(data) // 2
    assert refused(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]) == NO_MODEL


def test_it_never_opens_a_pickle(data: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    trap = np.array([Trap()], dtype=object)
    assert refused(changed(data, weights=trap)) == PICKLE
    assert refused(changed(data, facts=trap)) == PICKLE
    assert refused(pickle.dumps(Trap())) == NO_MODEL
    assert not (tmp_path / "sprung").exists()


def test_it_refuses_arrays_that_are_not_the_models_own(data: bytes) -> None:
    assert refused(changed(data, more=np.zeros(1))) == NO_MODEL
    assert refused(changed(data, bias=None)) == NO_MODEL
    assert refused(changed(data, bias=np.zeros(3))) == NO_MODEL
    assert refused(changed(data, bias=np.zeros(3, np.float32))) == OTHER_ARRAYS
    assert refused(changed(data, facts=np.frombuffer(b"[]", np.uint8))) == NO_MODEL


def test_it_refuses_a_file_that_unpacks_to_too_much() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as parts:
        for name in ("facts", "keys", "rarity", "known", "weights", "bias"):
            with parts.open(f"{name}.npy", "w") as part:
                for _piece in range(LARGEST // 6 // 1_000_000 + 1):
                    part.write(bytes(1_000_000))
    assert refused(out.getvalue()) == "the model is larger than 64 MB"


@pytest.mark.parametrize("text", ["", "id,text\n1,路灯坏了\n", "PK\x03\x04"])
def test_it_refuses_what_is_no_model_at_all(text: str) -> None:
    assert refused(text.encode()) == NO_MODEL
