"""``linli bench classify [splits]``: five seeded splits of real messages, and scikit-learn's own way beside ours.

Needs the public messages (``LINLI_DATA``). Every side works in a process of its own; processor time. The peer is a
``Pipeline`` of ``TfidfVectorizer`` on words 1-2 and characters 1-3 with one ``LinearSVC``, of the first split.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

ACCURACY, IN_TWO, ANSWERED, RIGHT = 0.930, 0.98, 0.85, 0.97
TRAINING, MESSAGE, SIZE, MEGABYTES = 15.0, 0.001, 20_000_000, 150
"""Goals: means of the five splits in shares, seconds, bytes; seconds a message and megabytes of a worker of its own."""
Found = dict[str, Any]


def run(words: Sequence[str] = ()) -> int:
    """Print the table; 1 where a goal is missed or the messages are not there."""
    from linli.algorithms.classify.splits import SEEDS, folder

    if not folder().is_dir():
        sys.stderr.write(f"The messages are not in {folder()}. Set LINLI_DATA.\n")
        return 1
    seeds = SEEDS[: int(words[0])] if words else SEEDS
    rows = [child("split", str(seed)) for seed in seeds]
    mean = {name: sum(row[name] for row in rows) / len(rows) for name in rows[0]}
    for name, row in [*((str(row["seed"]), row) for row in rows), ("mean", mean)]:
        sys.stdout.write(_line(name, row))
    with tempfile.TemporaryDirectory() as place:
        model, pipeline = Path(place) / "model", Path(place) / "pipeline"
        training = child("peer", str(pipeline))
        child("keep", str(model))
        ours, peer = child("use", str(model)), child("use_peer", str(pipeline))
    for name, one in (("ours", ours), ("scikit-learn", peer | training)):
        sys.stdout.write(
            f"{name:12} {one['message'] * 1000:6.2f} ms a message   {one['megabytes']:4} MB in a worker   "
            f"{one['size'] / 1e6:6.1f} MB file   accuracy {one['accuracy']:.4f}"
            + (f"   training {one['training']:.1f} s\n" if "training" in one else "\n")
        )
    return int(not _good(mean, ours))


def _line(name: str, row: Found) -> str:
    return (
        f"{name:5} accuracy {row['accuracy']:.4f}   macro-F1 {row['macro_f1']:.4f}   in two {row['in_two']:.4f}   "
        f"answered {row['answered']:.3f}, right {row['right_of_answered']:.4f}   training {row['training']:5.1f} s   "
        f"{row['message'] * 1000:.2f} ms   {row['size'] / 1e6:.1f} MB\n"
    )


def _good(mean: Found, ours: Found) -> bool:
    shares = (("accuracy", ACCURACY), ("in_two", IN_TWO), ("answered", ANSWERED), ("right_of_answered", RIGHT))
    return (
        all(mean[name] >= least for name, least in shares)
        and mean["training"] <= TRAINING
        and ours["message"] <= MESSAGE
        and mean["size"] <= SIZE
        and ours["megabytes"] <= MEGABYTES
    )


def child(*words: str) -> Found:
    """What one side finds, in a process of its own."""
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    command = [sys.executable, "-m", "linli.algorithms.classify.bench", *words]
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)  # noqa: S603  # ours
    found: Found = json.loads(done.stdout)
    return found


def _split(seed: str) -> Found:
    from dataclasses import asdict

    from linli.algorithms.classify.splits import measured, messages

    return asdict(measured(messages(), int(seed)))


def _keep(file: str) -> Found:
    """Our model of the first split, written to a file."""
    import datetime

    from linli.algorithms.classify import dumped, train
    from linli.algorithms.classify.splits import messages, split

    Path(file).write_bytes(dumped(train(split(messages(), 0)[0], day=datetime.date(2026, 1, 1))))
    return {}


def _peer(file: str) -> Found:
    """The peer's model of the first split, pickled to a file."""
    import pickle

    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.pipeline import FeatureUnion, Pipeline
    from sklearn.svm import LinearSVC

    from linli.algorithms.classify.splits import messages, split

    inside = split(messages(), 0)[0]
    words = TfidfVectorizer(tokenizer=str.split, token_pattern=None, ngram_range=(1, 2), min_df=2, sublinear_tf=True)
    characters = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), min_df=2, sublinear_tf=True)
    union = FeatureUnion([("words", words), ("characters", characters)])
    pipeline = Pipeline([("features", union), ("machine", LinearSVC(C=1.0))])
    began = time.process_time()
    pipeline.fit([text for text, _label in inside], [label for _text, label in inside])
    seconds = time.process_time() - began
    Path(file).write_bytes(pickle.dumps(pipeline))
    return {"training": seconds}


def _use(file: str) -> Found:
    """Ours in a worker: from the file to answers, one message after the other."""
    from linli.algorithms.classify import loaded

    data = Path(file).read_bytes()
    model = loaded(data)
    return _used(lambda text: model.answer(text).label, len(data))


def _use_peer(file: str) -> Found:
    """The peer in a worker."""
    import pickle

    data = Path(file).read_bytes()
    pipeline = pickle.loads(data)  # noqa: S301  # written by this bench a moment ago
    return _used(lambda text: str(pipeline.predict([text])[0]), len(data))


def _peak() -> int:
    """Megabytes this program has held at most. The system's ``ru_maxrss`` also counts whoever started it."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return int(status.read_text().split("VmHWM:")[1].split()[0]) // 1024


def _used(name: Callable[[str], str], size: int) -> Found:
    """Memory after the first answer (before the messages are read), then time and accuracy."""
    name("路灯 坏 请求 修")
    megabytes = _peak()
    from linli.algorithms.classify.splits import messages, split

    held = split(messages(), 0)[1]
    began = time.process_time()
    right = sum(name(text) == label for text, label in held)
    seconds = time.process_time() - began
    return {"megabytes": megabytes, "message": seconds / len(held), "accuracy": right / len(held), "size": size}


SIDES: dict[str, Callable[[str], Found]] = {
    "split": _split,
    "keep": _keep,
    "peer": _peer,
    "use": _use,
    "use_peer": _use_peer,
}

if __name__ == "__main__":
    json.dump(SIDES[sys.argv[1]](sys.argv[2]), sys.stdout)
