"""``linli bench duplicates [texts]``: pairs among invented messages beside datasketch, each in a process of its own.

Processor time from texts in memory to pairs checked exactly, peak of memory, share of the planted copies (at least 0.6
alike by exact Jaccard of their 3-grams) that were found. The peer's candidates are checked the same way.
"""

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any

TEXTS, SEED = 100_000, 11
SECONDS, MEGABYTES, RECALL = 2.0, 300, 0.99
LIKENESS = 0.6
Found = dict[str, Any]


def run(words: Sequence[str] = ()) -> int:
    """Print both lines; 1 where a goal is missed (goals stand for 100,000 texts)."""
    many = int(words[0]) if words else TEXTS
    ours, peer = _child("ours", many), _child("peer", many)
    for name, one in (("ours", ours), ("datasketch", peer)):
        sys.stdout.write(
            f"{name:11} {one['seconds']:6.2f} s   {one['megabytes']:5} MB   {one['pairs']:7,} pairs   "
            f"recall {one['recall']:.4f} of {one['planted']:,}\n"
        )
    times, smaller = peer["seconds"] / ours["seconds"], peer["megabytes"] / ours["megabytes"]
    sys.stdout.write(f"{times:.1f} times faster, {smaller:.1f} times less memory\n")
    good = ours["seconds"] <= SECONDS and ours["megabytes"] <= MEGABYTES and ours["recall"] >= RECALL
    return int(many == TEXTS and not good)


def _child(who: str, many: int) -> Found:
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    command = [sys.executable, "-m", "linli.algorithms.duplicates.bench", who, str(many)]
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)  # noqa: S603  # ours
    found: Found = json.loads(done.stdout)
    return found


def measured(who: str, many: int) -> Found:
    """One side's figures, in this process."""
    from linli.algorithms.duplicates.inventing import messages

    texts, planted = messages(many, copies=many // 5, seed=SEED)
    find: Callable[[Sequence[str]], set[tuple[int, int]]] = {"ours": _ours, "peer": _peer}[who]
    began = time.process_time()
    pairs = find(texts)
    seconds = time.process_time() - began
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    wanted = alike(texts, planted)
    found = sum(pair in pairs for pair in wanted)
    return {
        "seconds": seconds,
        "megabytes": megabytes,
        "pairs": len(pairs),
        "planted": len(wanted),
        "recall": found / len(wanted),
    }


def alike(texts: Sequence[str], planted: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The planted copies that are as alike as is asked for, counted by plain sets of characters' triples."""
    kept = []
    for one, two in planted:
        first, second = triples(texts[one]), triples(texts[two])
        if len(first & second) >= LIKENESS * len(first | second):
            kept.append((one, two))
    return kept


def triples(text: str) -> set[str]:
    """The 3-grams of the letters and digits of a text."""
    plain = "".join(one for one in text if one.isalnum())
    return {plain[at : at + 3] for at in range(len(plain) - 2)}


def _ours(texts: Sequence[str]) -> set[tuple[int, int]]:
    from linli.algorithms.duplicates import pairs_of

    pairs = pairs_of(texts, likeness=LIKENESS)
    found = set(zip(pairs.first.tolist(), pairs.second.tolist(), strict=True))
    copies = [(first, second) for second, first in enumerate(pairs.same.tolist()) if first != second]
    return found | set(copies)


def _peer(texts: Sequence[str]) -> set[tuple[int, int]]:
    """MinHash and LSH of datasketch at the same likeness with 128 permutations; its candidates counted exactly."""
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=LIKENESS, num_perm=128)
    grams = [triples(text) for text in texts]
    signed = MinHash.bulk(([gram.encode() for gram in some] for some in grams), num_perm=128)
    found = set()
    for place, signature in enumerate(signed):
        for other in index.query(signature):
            shared = len(grams[place] & grams[other])
            if shared >= LIKENESS * (len(grams[place]) + len(grams[other]) - shared):
                found.add((other, place))
        index.insert(place, signature)
    return found


if __name__ == "__main__":
    json.dump(measured(sys.argv[1], int(sys.argv[2])), sys.stdout)
