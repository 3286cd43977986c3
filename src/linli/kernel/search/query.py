"""What somebody typed, as a condition over tokens that both engines understand."""

from dataclasses import dataclass

from linli.kernel.search.text import plain_of, runs
from linli.kernel.search.tokens import character_token, pairs, word_token

LONGEST_QUERY = 60
LONG_RUN = 5


@dataclass(frozen=True)
class Token:
    """One token, or with ``prefix`` every token that begins so."""

    text: str
    prefix: bool = False


@dataclass(frozen=True)
class AllOf:
    parts: tuple["Condition", ...]


@dataclass(frozen=True)
class AnyOf:
    parts: tuple["Condition", ...]


Condition = Token | AllOf | AnyOf


def phrase_of(typed: str) -> str:
    """The typed text as it stands in a text made plain."""
    return plain_of(typed[:LONGEST_QUERY]).replace("\n", " ")


def _neighbours(run: str) -> Condition:
    if len(run) == 1:
        return Token(character_token(run))
    return AllOf(tuple(Token(character_token(pair)) for pair in pairs(run)))


def _of_run(run: str) -> Condition:
    """All neighbours in the run; a long run may also be found by its words, wherever they stand."""
    if len(run) < LONG_RUN:
        return _neighbours(run)
    import rjieba

    words = [str(word) for word in rjieba.cut(run) if len(word) > 1]
    if len(words) < 2:
        return _neighbours(run)
    return AnyOf((_neighbours(run), AllOf(tuple(_neighbours(word) for word in words))))


def condition_of(phrase: str) -> Condition | None:
    """The condition for a phrase; None when there is nothing to look for."""
    parts = tuple(_of_run(run) if paired else Token(word_token(run), prefix=True) for paired, run in runs(phrase))
    return AllOf(parts) if parts else None


def spelled(condition: Condition, *, both: str, either: str, prefix: str) -> str:
    """The condition in an engine's own language, given its words for and, or, and "begins with"."""
    if isinstance(condition, Token):
        return f"{condition.text}{prefix}" if condition.prefix else condition.text
    joint = both if isinstance(condition, AllOf) else either
    inner = (spelled(part, both=both, either=either, prefix=prefix) for part in condition.parts)
    return f"({joint.join(inner)})"
