"""What everybody may see of needs: ordinary matters under ordinary categories, without a word of the resident."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from linli.apps.needs.models import Assignment, Category, Duty, Need, NeedState

MOST = 1_000
SHOWN = (
    NeedState.RECEIVED,
    NeedState.ANALYSED,
    NeedState.HANDLING,
    NeedState.ANSWERED,
    NeedState.CLOSED,
    NeedState.JOINED,
)
"""Withdrawn ones are not shown."""
ENDED = (NeedState.ANSWERED, NeedState.CLOSED, NeedState.JOINED)


def services_offered() -> list[Category]:
    """Categories in use that are not sensitive, themselves and above. One query."""
    rows = list(Category.objects.filter(is_active=True, sensitivity="").select_related("parent__parent"))
    return [row for row in rows if not _is_shut(row)]


def _is_shut(row: Category) -> bool:
    """Whether a category above it is switched off or sensitive."""
    above = row.parent
    while above is not None:
        if above.sensitivity or not above.is_active:
            return True
        above = above.parent
    return False


def service_named(code: str) -> Category | None:
    """The category of a code, where it is offered."""
    row = Category.objects.filter(code=code, is_active=True, sensitivity="").select_related("parent__parent").first()
    return row if row is not None and not _is_shut(row) else None


def requests_shown() -> QuerySet[Need]:
    """Needs that everybody may know of. Complaints about people, posts and offices, sensitive matters and what was
    not given a category yet are none of them."""
    rows = Need.objects.filter(about_kind="", sensitivity="", state__in=SHOWN, category__sensitivity="")
    for above in ("category__parent", "category__parent__parent"):
        rows = rows.filter(Q(**{f"{above}__isnull": True}) | Q(**{f"{above}__sensitivity": ""}))
    return rows.select_related("category", "place__parent", "street", "public_text")


def public_words(need: Need) -> str:
    """The words of a need that a person has read and shown; "" where there are none. The need is one everybody sees."""
    row = getattr(need, "public_text", None)
    return row.text if row is not None and row.withdrawn_at is None else ""


def requests_between(
    start: datetime, end: datetime, *, codes: Sequence[str] = (), open_only: bool | None = None
) -> list[Need]:
    """Those that came in between two moments, newest first, at most a thousand."""
    rows = requests_shown().filter(received_at__gte=start, received_at__lte=end)
    if codes:
        rows = rows.filter(category__code__in=codes)
    if open_only is not None:
        rows = rows.exclude(state__in=ENDED) if open_only else rows.filter(state__in=ENDED)
    return list(rows.order_by("-received_at", "-pk")[:MOST])


def owner_units(needs: Sequence[Need]) -> dict[UUID, str]:
    """Which unit follows each need to the end. One query."""
    parts = Assignment.objects.filter(need__in=[need.pk for need in needs], until__isnull=True, duty=Duty.OWNER)
    return {part.need_id: str(part.unit) for part in parts.select_related("place", "organization")}
