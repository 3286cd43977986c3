"""Money divided by votes: greedy, equal shares, Phragmén, from ballots or Pabulib files.

Without votes: ``dividing`` (order, tiers), ``filling`` (by score, at one rate), ``totals`` (best total), all within the
purses of classes and communities, as ``voting`` with votes; ``sharing`` (proportion between floors and caps, quotas by
formula), ``best`` and ``stocking`` (several kinds at once, proven best or by rank).
"""

from linli.algorithms.allocation.elections import Election, election
from linli.algorithms.allocation.equal_shares import Completion, equal_shares
from linli.algorithms.allocation.greedy import Utility, greedy
from linli.algorithms.allocation.outcomes import Outcome, Verdict, Why
from linli.algorithms.allocation.pabulib import PbFile, parse_pb, read_pb
from linli.algorithms.allocation.pabulib_parts import Malformed
from linli.algorithms.allocation.pabulib_writing import pb_text
from linli.algorithms.allocation.phragmen import phragmen

__all__ = [
    "Completion", "Election", "Malformed", "Outcome", "PbFile", "Utility", "Verdict", "Why",
    "election", "equal_shares", "greedy", "parse_pb", "pb_text", "phragmen", "read_pb",
]  # fmt: skip
