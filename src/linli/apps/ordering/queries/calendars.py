"""Shifts as an iCalendar feed; no person stands in it."""

from zoneinfo import ZoneInfo

from linli.apps.ordering.models import ShiftPlan, ShiftState

UTC = ZoneInfo("UTC")


def calendar_of(plan: ShiftPlan) -> bytes:
    """An iCalendar feed (RFC 5545) of the shifts of a plan, in UTC; one called off stays as cancelled. One query."""
    import icalendar  # only for whoever takes a calendar along

    calendar = icalendar.Calendar()
    for word, value in (("prodid", "-//Linli//Shifts//ZH"), ("version", "2.0"), ("calscale", "GREGORIAN")):
        calendar.add(word, value)
    calendar.add("method", "PUBLISH")
    title = f"{plan.contractor.organization.name} · {plan.contractor.sheet.title}"
    calendar.add("x-wr-calname", title)
    for row in plan.shifts.order_by("starts"):
        event = icalendar.Event()
        event.add("uid", f"{row.pk}@ordering.linli")
        event.add("dtstamp", row.starts.astimezone(UTC))
        event.add("sequence", row.version)
        event.add("dtstart", row.starts.astimezone(UTC))
        event.add("dtend", row.ends.astimezone(UTC))
        event.add("summary", title)
        event.add("location", row.venue)
        event.add("status", "CANCELLED" if row.state == ShiftState.CANCELLED else "CONFIRMED")
        calendar.add_component(event)
    return bytes(calendar.to_ical())
