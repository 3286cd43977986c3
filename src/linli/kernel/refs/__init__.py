"""The one way to point at any record: a kind and an id."""

from linli.kernel.refs.keys import new_key, random_key
from linli.kernel.refs.kinds import Kind, kind_of, kinds, register
from linli.kernel.refs.ref import Ref, Resolved, hidden_among, ref_of, resolve

__all__ = [
    "Kind",
    "Ref",
    "Resolved",
    "hidden_among",
    "kind_of",
    "kinds",
    "new_key",
    "random_key",
    "ref_of",
    "register",
    "resolve",
]
