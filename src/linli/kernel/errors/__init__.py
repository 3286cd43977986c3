"""Every refusal is one exception with a sentence the user can act on."""

from linli.kernel.errors.refusals import Conflict, Missing, NotAllowed, Refusal, TooMany

__all__ = ["Conflict", "Missing", "NotAllowed", "Refusal", "TooMany"]
