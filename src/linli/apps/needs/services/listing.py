"""Taking one row of a list kept in Excel over as a need: by its number, or by what it says, once."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid5

from linli.apps.needs.models import Channel, Need
from linli.apps.needs.services.receiving import receive
from linli.apps.needs.services.shape import Spot
from linli.apps.needs.services.ticketing import Taken, Taking, contact_of
from linli.kernel.seals import fingerprint

CHANNELS = {
    "电话": Channel.HOTLINE, "热线": Channel.HOTLINE, "来电": Channel.HOTLINE, "走访": Channel.VISIT,
    "入户": Channel.VISIT, "巡查": Channel.PATROL, "窗口": Channel.WINDOW, "来访": Channel.WINDOW,
    "微信群": Channel.CHAT, "微信": Channel.CHAT, "建议": Channel.SUGGESTION, "意见箱": Channel.SUGGESTION,
}  # fmt: skip
"""Words of lists for the ways a need came in; any other word means that it came in by Excel."""


def key_of(taking: Taking, data: Mapping[str, Any]) -> UUID:
    """What makes a row the same again: its number in the list, else when, where and what it says (keyed)."""
    number = str(data.get("number") or "")
    said = number or "|".join(str(data.get(name) or "") for name in ("dispatched", "point", "content"))
    return uuid5(taking.street.pk, fingerprint(f"needs.listed:{bool(number)}:{said}"))


def take_listed(taking: Taking, data: Mapping[str, Any]) -> Taken:
    """Take one row over, in one transaction; one that is there stays as it is. Raises Refusal."""
    key = key_of(taking, data)
    if Need.objects.filter(submission=key).exists():
        return Taken.SAME
    point = str(data.get("point") or "")
    received = receive(
        street=taking.street, place=taking.find(point) if point else None, matter=data["content"],
        title=str(data.get("title") or ""), channel=CHANNELS.get(str(data.get("source") or ""), Channel.EXCEL),
        contact=contact_of(data), spot=Spot(words=point), submission=key, actor=taking.actor,
        announce=taking.announce,
        at=min(data.get("dispatched") or taking.at, taking.at),
    )  # fmt: skip
    taking.new.append(received.need.pk)
    return Taken.NEW
