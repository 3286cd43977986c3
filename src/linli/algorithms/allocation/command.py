"""``linli allocate``: the winners of an election in a ``.pb`` file, without Django."""

import gc
import json
import os
import sys
import time
from argparse import Namespace
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from linli.algorithms.allocation.elections import Election
    from linli.algorithms.allocation.outcomes import Outcome


def run(options: Namespace) -> int:
    """Print the winners; 2 and one line where the file is malformed or cannot be read."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # threads that would only be started and stopped
    gc.disable()  # a short life: nothing is worth looking for
    from linli.algorithms.allocation.pabulib import read_pb
    from linli.algorithms.allocation.pabulib_parts import Malformed

    began = time.perf_counter()
    try:
        read = read_pb(options.file).election
        outcome = decided(read, options.rule, options.utility, options.completion)
    except Malformed as error:
        return _refuse(f"{options.file}:{error.line}: expected {error.expected}")
    except OSError as error:
        return _refuse(f"{options.file}: {error.strerror or error}: expected a file that can be read")
    except ValueError as error:
        return _refuse(f"{options.file}: {error}")
    seconds = round(time.perf_counter() - began, 4)
    answer = {
        "winners": outcome.winners,
        "cost": _number(outcome.cost),
        "budget": _number(read.money(read.budget)),
        "votes": read.ballots,
        "seconds": seconds,
    }
    if options.json:
        sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
    else:
        lines = [f"{name}: {', '.join(told) if isinstance(told, list) else told}" for name, told in answer.items()]
        sys.stdout.write("\n".join(lines) + "\n")
    return 0


def decided(election: "Election", rule: str, utility: str | None, completion: str) -> "Outcome":
    """The outcome of a rule by the command's words. Raises ValueError where points are asked of approval ballots."""
    from linli.algorithms.allocation import Completion, Utility, equal_shares, greedy, phragmen

    if rule == "phragmen":
        return phragmen(election)
    kind = Utility(utility or ("cost" if election.points is None else "points"))
    if rule == "greedy":
        return greedy(election, utility=kind)
    return equal_shares(election, utility=kind, completion=Completion(completion))


def _number(amount: Fraction) -> int | float:
    """A whole amount as a whole number; only parts of one with a point."""
    return int(amount) if amount.denominator == 1 else float(amount)


def _refuse(sentence: str) -> int:
    sys.stderr.write(sentence.replace("\n", " ") + "\n")
    return 2
