"""Loaded at start, so that the verbs of this mechanism are known wherever a record of them is read."""

from linli.kernel.privacy import erasure, sealed

__all__ = ["erasure", "sealed"]
