"""Sampling: who is asked, drawn by strata with a seed; how sure a share is, from one pile of answers or by strata."""

from linli.algorithms.sampling.drawing import allocate, draw
from linli.algorithms.sampling.intervals import Estimate, Stratum, merged, stratified, wilson

__all__ = ["Estimate", "Stratum", "allocate", "draw", "merged", "stratified", "wilson"]
