"""One thing noticed about an expenditure."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Finding:
    """``bars`` keeps it from being handed in; the others ask for an explanation."""

    code: str
    sentence: str | Promise
    bars: bool = False
