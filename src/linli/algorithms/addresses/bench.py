"""How many disturbed addresses find their community among all of China's, how fast, and in how much memory.

Run by ``linli bench addresses [seed] [how many] [folder of the divisions]``. One process draws the addresses and judges
the answers by rules of its own; another, fresh one holds the gazetteer, so that its memory is the figure.
"""

import csv
import gzip
import heapq
import json
import os
import resource
import subprocess
import sys
import time
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

from linli.algorithms.addresses.disturbing import Drawn, disturbed
from linli.algorithms.addresses.judging import LEVELS, Judge

SEED, MANY = 20261122, 1_000
LEAST_A_SECOND, MOST_MEGABYTES, LEAST_RIGHT, MOST_WRONG = 2_000, 300, 0.98, 0.005
"""Goals: addresses a second of processor time, resident memory, shares of right answers and of wrong ones alone."""
ROUNDS, MOST_SHOWN = 5, 40
FILES = ("provinces.csv", "cities.csv", "areas.csv", "streets.csv", "villages_all.csv.gz")


def folder() -> Path:
    """Where the public divisions stand: ``LINLI_DATA``, else beside the repository."""
    beside = Path(__file__).resolve().parents[5] / "shared" / "data"
    return Path(os.environ.get("LINLI_DATA", beside)) / "divisions"


def run(words: Sequence[str] = ()) -> int:
    """Print the figures as JSON; 1 where a goal is missed or the data are not here."""
    where = Path(words[2]) if len(words) > 2 else folder()
    if not (where / FILES[-1]).exists():
        sys.stderr.write(f"The divisions are not in {where}. Name their folder, or set LINLI_DATA.\n")
        return 1
    found = measure(where, seed=int(words[0]) if words else SEED, many=int(words[1]) if len(words) > 1 else MANY)
    sys.stdout.write(json.dumps(found, indent=1, ensure_ascii=False) + "\n")
    fast = found["a_second"] >= LEAST_A_SECOND and found["megabytes"] <= MOST_MEGABYTES
    return int(not fast or found["right"] < LEAST_RIGHT or found["wrong_alone"] > MOST_WRONG)


def measure(where: Path, *, seed: int = SEED, many: int = MANY, rounds: int = ROUNDS) -> dict[str, Any]:
    """Draw, ask, judge. Returns shares by outcome, ``a_second`` (processor time), ``megabytes`` and what went wrong."""
    judge = Judge(_rows(where))
    random = Random(seed)  # noqa: S311  # a draw that is the same every time
    codes = sorted(row["code"] for row in _read(where / "villages_targets.csv"))
    drawn = [(code, disturbed(judge.names(code), random)) for code in random.sample(codes, many)]
    answers = _asked(where, [one.text for _code, one in drawn], rounds)
    outcomes = [judge.outcome(code, one, nodes) for (code, one), nodes in zip(drawn, answers["found"], strict=True)]
    counts = Counter(outcomes)
    several = sorted(len(nodes) for nodes, how in zip(answers["found"], outcomes, strict=True) if how == "among")
    return {
        "communities": answers["communities"], "seed": seed, "addresses": many,
        "right": (counts["alone"] + counts["among"]) / many,
        "wrong_alone": counts["wrong alone"] / many,
        "counts": dict(counts.most_common()),
        "median_candidates": several[len(several) // 2] if several else 0,
        "a_second": round(many / answers["seconds"]), "build_seconds": answers["build_seconds"],
        "megabytes": answers["megabytes"], "not_right": _shown(judge, drawn, answers["found"], outcomes),
    }  # fmt: skip


def _shown(
    judge: Judge, drawn: list[tuple[str, Drawn]], found: list[list[str]], outcomes: list[str]
) -> list[dict[str, Any]]:
    return [
        {"how": how, "text": one.text, "true": judge.full(code), "found": [judge.full(n) for n in nodes[:2]]}
        for (code, one), nodes, how in zip(drawn, found, outcomes, strict=True)
        if how not in {"alone", "among"}
    ][:MOST_SHOWN]


def _read(file: Path) -> Iterator[dict[str, str]]:
    with gzip.open(file, "rt", encoding="utf-8") if file.suffix == ".gz" else file.open(encoding="utf-8") as lines:
        yield from csv.DictReader(lines)


def _rows(where: Path) -> Iterator[tuple[str, int, str]]:
    """(code, level, name) of every place, each before those that lie in it."""
    return heapq.merge(*(_of_level(where / name, level) for level, name in enumerate(FILES)))


def _of_level(file: Path, level: int) -> Iterator[tuple[str, int, str]]:
    for row in _read(file):
        yield row["code"], level, row["name"]


def _asked(where: Path, texts: list[str], rounds: int) -> dict[str, Any]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    command = [sys.executable, "-m", "linli.algorithms.addresses.bench", str(where), str(rounds)]
    done = subprocess.run(  # noqa: S603  # ourselves
        command, env=environment, input=json.dumps(texts), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    answers: dict[str, Any] = json.loads(done.stdout)
    return answers


def _entries(rows: Iterable[tuple[str, int, str]], codes: "array[int]") -> Iterator[Any]:
    from linli.algorithms.addresses import Entry, Level

    for code, level, name in rows:
        codes.append(int(code))
        yield Entry(Level(level), (name,))


def _peak_kilobytes() -> int:
    """The most memory this process ever held; where Linux tells it, without what its parent held when it forked."""
    status = Path("/proc/self/status")
    lines = status.read_text(encoding="ascii").splitlines() if status.exists() else []
    told = [int(line.split()[1]) for line in lines if line.startswith("VmHWM:")]
    return told[0] if told else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _child(where: Path, rounds: int) -> None:
    """Hold the gazetteer, answer every text, and tell what it took."""
    from linli.algorithms.addresses import Gazetteer, find

    texts = json.load(sys.stdin)
    codes = array("q")
    began = time.process_time()
    gazetteer = Gazetteer(_entries(_rows(where), codes))
    built = time.process_time()
    for _round in range(rounds):
        found = [find(gazetteer, text) for text in texts]
    seconds = (time.process_time() - built) / rounds
    answers = {
        "communities": int((gazetteer.levels == len(LEVELS) - 1).sum()),
        "seconds": seconds,
        "build_seconds": round(built - began, 3),
        "megabytes": round(_peak_kilobytes() / 1024),
        "found": [[str(codes[node]) for node in one.nodes.tolist()] for one in found],
    }
    json.dump(answers, sys.stdout)


if __name__ == "__main__":
    _child(Path(sys.argv[1]), int(sys.argv[2]))
