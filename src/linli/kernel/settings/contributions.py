"""Settings of the kernel itself."""

from django.utils.translation import gettext_lazy as _

from linli.kernel.audit.retention import LEAST_DAYS
from linli.kernel.settings.declaring import Declared, Level, declare

declare(
    Declared(
        "audit.retention_days",
        _("Days for which audit facts stay readable (money and decisions: for ever)"),
        int,
        LEAST_DAYS,
        source="网络安全法第二十一条第三项",
        grade="A",
        least=LEAST_DAYS,
        most=3_650,
        unit="天",
        deepest=Level.INSTALLATION,
    )
)

RELIEF = "国办函〔2026〕12号；整治形式主义为基层减负若干规定"
"""Forbids them as compulsory; a switch is turned on by a document of its own only."""

for _name, _title in (
    ("burden.attendance_by_place", _("Attendance of workers by place (check-in at a spot)")),
    ("burden.missed_duty_alerts", _("Alerts to superiors about a worker's missed duty")),
    ("burden.compulsory_photos", _("Photos that must be taken before a form can be sent")),
):
    declare(Declared(_name, _title, bool, False, source=RELIEF, grade="B", deepest=Level.STREET, by_document=True))
