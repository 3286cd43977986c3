"""``linli bench allocation``: winners beside pabutools in one run, each in a process of its own, in processor time.

``synthetic [projects voters]``: ballots in memory → winners. ``files [rules…]``: the whole command on every real file
of at least 10,000 voters and 20 projects (``LINLI_DATA``). No word: both. The peer has at most ``LONGEST`` seconds.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import Any

LONGEST = 60
PROJECTS, VOTERS, SEED = 200, 100_000, 4
GOALS = {"greedy": 0.3, "equal-shares": 0.4, "phragmen": 0.35, "add1": 0.8}
"""Processor seconds from ballots in memory to the winners, 200 projects × 100,000 voters."""
MOST_MEGABYTES, MEDIAN_RATIO, WORST_RATIO = 250, 20, 10
LEAST_VOTERS, LEAST_PROJECTS = 10_000, 20
TIMES = 3
Found = dict[str, Any]


def run(words: Sequence[str] = ()) -> int:
    """Print both tables, or one; 1 where a goal is missed or the peer found other winners."""
    missed = False
    if not words or words[0] == "synthetic":
        size = [int(word) for word in words[1:3]] or [PROJECTS, VOTERS]
        missed |= _show(synthetic(*size), goals=size == [PROJECTS, VOTERS])
    if not words or words[0] == "files":
        missed |= _show_files(list(words[1:]) or ["equal-shares"])
    return int(missed)


def folder() -> Path:
    """Where the real elections lie: ``LINLI_DATA``, else beside the repository."""
    beside = Path(__file__).resolve().parents[5] / "shared" / "data"
    return Path(os.environ.get("LINLI_DATA", beside)) / "budgets" / "instances"


def invented(projects: int, voters: int) -> tuple[int, dict[str, int], list[list[str]]]:
    """Budget (a quarter of all costs), costs, approvals: 2 to 14 a voter, some projects are much better known."""
    import numpy as np

    chance = np.random.default_rng(SEED)
    costs = {str(one + 1): int(cost) for one, cost in enumerate(chance.integers(5, 200, projects) * 1_000)}
    fame = chance.lognormal(0.0, 0.9, projects)
    heights = np.cumsum(fame / fame.sum())
    ids = np.array(list(costs))
    ballots = []
    for many in chance.integers(2, 15, voters).tolist():
        places = np.searchsorted(heights, chance.random(many)).clip(0, projects - 1)
        ballots.append([str(one) for one in dict.fromkeys(ids[places].tolist())])
    return sum(costs.values()) // 4, costs, ballots


def synthetic(projects: int, voters: int) -> Iterator[Found]:
    """One row a rule: seconds and megabytes of both, and whether the winners are the same."""
    for rule, goal in GOALS.items():
        ours = _child("ours", rule, str(projects), str(voters))
        theirs = _child("peer", rule, str(projects), str(voters))
        yield {"name": rule, "ours": ours, "peer": theirs, "goal": goal}


def files(rules: Sequence[str]) -> Iterator[Found]:
    """One row a real file and rule: processor seconds of the whole command, and of the peer's shortest program."""
    for file in sorted(folder().glob("*.pb")):
        from linli.algorithms.allocation.pabulib import read_pb

        try:
            read = read_pb(file).election
        except ValueError:
            continue
        if read.ballots < LEAST_VOTERS or len(read.ids) < LEAST_PROJECTS or read.points is not None:
            continue
        for rule in rules:
            ours = min((_command(file, rule) for _time in range(TIMES)), key=lambda one: one["seconds"])
            size = f"{len(read.ids)} x {read.ballots:,}"
            yield {"name": f"{file.stem} ({size}) {rule}", "ours": ours, "peer": _child("file", rule, str(file))}


def _command(file: Path, rule: str) -> Found:
    words = ["--rule", "equal-shares", "--completion", "add1"] if rule == "add1" else ["--rule", rule]
    found = _measured([sys.executable, "-m", "linli.site.cli", "allocate", str(file), *words, "--json"])
    return {**found, "seconds": found["whole"]}


def _child(*words: str) -> Found:
    found = _measured([sys.executable, "-m", "linli.algorithms.allocation.bench", *words], limited=words[0] != "ours")
    return {**found, "seconds": found["whole"] if words[0] == "file" else found.get("seconds")}


def _measured(command: Sequence[str], *, limited: bool = False) -> Found:
    """What the process printed, its processor seconds and its peak of memory; only these where it took too long."""
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    with tempfile.TemporaryFile("w+") as out:
        process = subprocess.Popen(command, env=environment, stdout=out, stderr=subprocess.DEVNULL)  # noqa: S603  # ours
        _pid, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        said = out.read()
    found: Found = json.loads(said) if process.returncode == 0 else {}
    if process.returncode and not limited:
        raise RuntimeError(" ".join(command))
    return {**found, "whole": used.ru_utime + used.ru_stime, "megabytes": used.ru_maxrss // 1024}


def _limit() -> None:
    """Stop this process after the longest time from now."""
    most = int(time.process_time()) + LONGEST
    resource.setrlimit(resource.RLIMIT_CPU, (most, most))


def _show(rows: Iterable[Found], *, goals: bool) -> bool:
    """Print the rows of the synthetic election; whether a goal was missed."""
    missed = False
    for row in rows:
        ours, peer = row["ours"], row["peer"]
        missed |= goals and (ours["seconds"] > row["goal"] or ours["megabytes"] > MOST_MEGABYTES)
        missed |= _different(row)
        sys.stdout.write(f"{_line(row)}   memory {ours['megabytes']} MB, peer {peer['megabytes']} MB\n")
        sys.stdout.flush()
    return missed


def _show_files(rules: Sequence[str]) -> bool:
    """Print the rows of the real files; whether a ratio is too small."""
    rows = []
    for row in files(rules):
        rows.append(row)
        sys.stdout.write(_line(row) + "\n")
        sys.stdout.flush()
    if not rows:
        sys.stderr.write(f"The elections are not in {folder()}. Set LINLI_DATA.\n")
        return True
    missed = any(_different(row) for row in rows)
    for rule in rules:
        ratios = [_ratio(row) for row in rows if row["name"].endswith(rule)]
        sys.stdout.write(f"{rule}: median {median(ratios):.1f} x, worst {min(ratios):.1f} x\n")
        missed |= median(ratios) < MEDIAN_RATIO or min(ratios) < WORST_RATIO
    return missed


def _different(row: Found) -> bool:
    return "winners" in row["peer"] and row["peer"]["winners"] != row["ours"]["winners"]


def _ratio(row: Found) -> float:
    return float((row["peer"]["seconds"] or LONGEST) / row["ours"]["seconds"])


def _line(row: Found) -> str:
    peer, known = row["peer"], "winners" in row["peer"]
    seconds = f"{peer['seconds']:.2f} s" if known else f"more than {LONGEST} s"
    same = {True: "other winners", False: "same winners"}[_different(row)] if known else "winners not known"
    sign = "" if known else "more than "
    return f"{row['name']}: {row['ours']['seconds']:.3f} s, peer {seconds}, {sign}{_ratio(row):.0f} x, {same}"


def _ours(rule: str, projects: int, voters: int) -> Found:
    """The least of several times from ballots in memory to the winners."""
    from linli.algorithms.allocation.command import decided
    from linli.algorithms.allocation.elections import election

    budget, costs, ballots = invented(projects, voters)
    seconds, winners = [], []
    for _time in range(TIMES):
        began = time.process_time()
        read = election(budget=budget, costs=costs, ballots=ballots)
        winners = decided(read, *_words(rule)).winners
        seconds.append(time.process_time() - began)
    return {"winners": winners, "seconds": min(seconds)}


def _words(rule: str) -> tuple[str, str, str]:
    return ("equal-shares", "cost", "add1") if rule == "add1" else (rule, "cost", "none")


def _peer(rule: str, projects: int, voters: int) -> Found:
    """The peer from its own profile in memory to the winners, once."""
    from pabutools import election as peer

    budget, costs, ballots = invented(projects, voters)
    own = {name: peer.Project(name, cost) for name, cost in costs.items()}
    instance = peer.Instance(own.values(), budget_limit=budget)
    profile = peer.ApprovalProfile(peer.ApprovalBallot(own[name] for name in ballot) for ballot in ballots)
    _limit()
    began = time.process_time()
    winners = _peers_winners(rule, instance, profile.as_multiprofile())
    return {"winners": winners, "seconds": time.process_time() - began}


def _peers_winners(rule: str, instance: Any, profile: Any) -> list[str]:
    from pabutools import election, rules

    cost = {"sat_class": election.Cost_Sat}
    if rule == "greedy":
        found = rules.greedy_utilitarian_welfare(instance, profile, **cost)
    elif rule == "phragmen":
        found = rules.sequential_phragmen(instance, profile)
    elif rule == "add1":
        found = rules.method_of_equal_shares(instance, profile, voter_budget_increment=1, **cost)
    else:
        found = rules.method_of_equal_shares(instance, profile, **cost)
    return sorted(one.name for one in found)


def _file(rule: str, file: str) -> Found:
    from pabutools.election import parse_pabulib

    _limit()
    instance, profile = parse_pabulib(file)
    return {"winners": _peers_winners(rule, instance, profile.as_multiprofile())}


if __name__ == "__main__":
    kind, *rest = sys.argv[1:]
    answer = _file(*rest) if kind == "file" else {"ours": _ours, "peer": _peer}[kind](rest[0], *map(int, rest[1:]))
    json.dump(answer, sys.stdout)
