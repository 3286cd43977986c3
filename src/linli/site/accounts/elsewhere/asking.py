"""One question to a service that proves identities: its troubles are those of :mod:`linli.site.accounts.elsewhere`."""

from collections.abc import Callable
from typing import Any, TypeVar

from linli.kernel.notices.ways import NeverArrives, Silent, TryLater, Unclear
from linli.site.accounts.elsewhere import NotProved, Unanswered

Answer = TypeVar("Answer")


def asked(question: Callable[[], Answer]) -> Answer:
    """What ``question`` returns. Raises Unanswered where nobody answers, NotProved where the answer is nonsense."""
    try:
        return question()
    except (Silent, TryLater) as trouble:
        raise Unanswered(str(trouble)) from trouble
    except (NeverArrives, Unclear) as trouble:
        raise NotProved(str(trouble)) from trouble


def text_of(answer: dict[str, Any], *path: str) -> str:
    """The text at ``path``. Raises NotProved where there is none."""
    found: Any = answer
    for name in path:
        found = found.get(name) if isinstance(found, dict) else None
    if not isinstance(found, str) or not found.strip():
        raise NotProved(f"no {'.'.join(path)}")
    return found.strip()
