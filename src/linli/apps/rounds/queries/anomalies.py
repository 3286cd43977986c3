"""What strikes about how ballots came in: figures without names or choices, for whoever supervises."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Max, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from linli.apps.rounds.models import ChoiceCount, ResidentsChoice
from linli.apps.rounds.queries.choice import used_slips

BURST = 10
"""Slips of one batch within ten minutes from which on it is told."""
OFTEN = 5
"""Ballots from one device from which on it is told."""
SENTENCES = {
    "burst": gettext_noop("Batch %(batch)s (%(where)s): %(count)s slips were used within ten minutes."),
    "device": gettext_noop("%(count)s ballots came from one device."),
    "hours": gettext_noop("%(count)s ballots came outside the usual hours (%(hours)s)."),
    "roll": gettext_noop("Batch %(batch)s (%(where)s): %(count)s slips for %(roll)s residents on the roster."),
    "used": gettext_noop("Batch %(batch)s (%(where)s): %(count)s slips used, more than the %(roll)s on the roster."),
    "papers": gettext_noop("%(count)s papers were given out and did not come back."),
    "unmatched": gettext_noop(
        "%(count)s took part by an account that is not matched to the roster, so papers cannot be checked against it."
    ),
}
Anomaly = dict[str, Any]


def anomalies_found(choice: ResidentsChoice) -> list[Anomaly]:
    """What is known of an open choice: codes with their figures, in the order of ``SENTENCES``."""
    found = [*_counted(choice), *_of_batches(choice)]
    missing = choice.handed_out - choice.typed_in
    if missing:
        found.append({"what": "papers", "count": missing})
    order = list(SENTENCES)
    return sorted(found, key=lambda one: (order.index(one["what"]), one.get("batch", 0), -one["count"]))


def _counted(choice: ResidentsChoice) -> list[Anomaly]:
    rows = ChoiceCount.objects.filter(choice=choice).order_by()
    where = {str(batch.number): _where(batch) for batch in choice.batches.select_related("place", "building__estate")}
    bursts = rows.filter(kind="batch").values_list("key").annotate(n=Max("count")).filter(n__gte=BURST)
    devices = rows.filter(kind="device").values_list("key").annotate(n=Sum("count")).filter(n__gte=OFTEN)
    hours = f"{choice.from_hour}:00—{choice.to_hour}:00"
    single = {
        kind: rows.filter(kind=kind).aggregate(n=Sum("count"))["n"] or 0 for kind in ("hours", "unmatched")
    }  # fmt: skip
    found: list[Anomaly] = [
        {"what": "burst", "batch": int(key), "where": where.get(key, ""), "count": count} for key, count in bursts
    ]
    found += [{"what": "device", "count": count} for _key, count in devices]
    found += [{"what": kind, "count": count, "hours": hours} for kind, count in single.items() if count]
    return found


def _where(batch: Any) -> str:
    building = batch.building
    estate = building.estate.name if building and building.estate else ""
    return f"{batch.place.name}{estate}{building or ''}"


def _of_batches(choice: ResidentsChoice) -> list[Anomaly]:
    """Batches with more slips than the roster has residents there, and more used ones."""
    used = used_slips(choice)
    found: list[Anomaly] = []
    for batch in choice.batches.select_related("place", "building__estate"):
        told = {"batch": batch.number, "where": _where(batch), "roll": batch.roll}
        if batch.roll is not None and used[batch.number] > batch.roll:
            found.append({"what": "used", "count": used[batch.number], **told})
        elif batch.roll is not None and batch.count > batch.roll:
            found.append({"what": "roll", "count": batch.count, **told})
    return found


def anomalies_of(choice: ResidentsChoice) -> list[str]:
    """What struck, as sentences: of an open choice as it stands now, of a counted one as it was when it closed.

    Papers that are still out strike only once it is counted.
    """
    if choice.is_counted:
        return [_sentence(row) for row in choice.anomalies]
    return [_sentence(row) for row in anomalies_found(choice) if row["what"] != "papers"]


def _sentence(row: Mapping[str, Any]) -> str:
    code = row["what"]
    return _(SENTENCES[code]) % row
