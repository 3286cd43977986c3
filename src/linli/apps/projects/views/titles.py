"""The names of the lamps, their colours, and the tabs of a project's page."""

from django.utils.translation import gettext_lazy as _

TITLES = {"time": _("Time"), "money": _("Money"), "evidence": _("Evidence"), "satisfaction": _("Satisfaction")}
COLOURS = {"red": _("Red"), "amber": _("Amber"), "green": _("Green"), "off": _("Nothing to judge")}
TABS = (
    ("", _("Overview")),
    ("plan", _("Plan and evidence")),
    ("money", _("Money")),
    ("results", _("Outcomes")),
    ("visits", _("Visits")),
    ("reports", _("Reports and mid-term")),
    ("changes", _("Changes")),
    ("story", _("What happened")),
)
