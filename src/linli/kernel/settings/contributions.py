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
