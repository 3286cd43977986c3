"""Loaded at start, so that the verbs of this mechanism are known wherever a record of them is read."""

from linli.kernel.contributions import contribute
from linli.kernel.privacy import below, erasure, sealed

VERBS = (erasure, sealed)
contribute(below.FILES, below.JOBS)
