"""Figures a street may choose for needs, and how long they are kept."""

from django.utils.translation import gettext_lazy as _

from linli.apps.needs.models import Limit
from linli.apps.needs.services.clocks import CALENDAR, WORKING
from linli.apps.needs.services.forgetting import forget_contacts
from linli.kernel.privacy import Retention, retain
from linli.kernel.settings import Declared, declare

RULE = "北京市接诉即办工作条例（2021）第十三条、第十五条"
SETTINGS = (
    Declared(
        "needs.limit_days", _("Days of the official limit are counted as"), str, CALENDAR, source=RULE, grade="K",
        choices=(CALENDAR, WORKING),
    ),
    Declared(
        "needs.first_limit", _("Official limit until a need is analysed"), str, Limit.DAYS_7.value, source=RULE,
        grade="C", choices=tuple(Limit.values),
    ),
    Declared(
        "needs.sign_for_hours", _("Office hours until a need is signed for"), int, 2, source=RULE, grade="K", least=1,
        most=40, unit="小时",
    ),
    Declared(
        "needs.first_contact_hours", _("Office hours until the resident is first reached"), int, 4, source=RULE,
        grade="K", least=1, most=80, unit="小时",
    ),
    Declared(
        "needs.first_result_hours", _("Office hours until there is a first result"), int, 24, source=RULE, grade="K",
        least=1, most=200, unit="小时",
    ),
    Declared(
        "needs.reopen_limit", _("How often a need is opened again before it is raised to the level above"), int, 2,
        source="街道惯例，由街道确认", grade="K", least=1, most=9, unit="次",
    ),
    Declared(
        "needs.rating_days", _("Days in which a resident may rate before a need is closed"), int, 15,
        source="街道惯例，由街道确认", grade="K", least=1, most=90, unit="天",
    ),
)  # fmt: skip


def contribute() -> None:
    """Declare them."""
    for setting in SETTINGS:
        declare(setting)
    retain(
        Retention(
            "needs.contact", 3 * 365, "个人信息保护法第十九条（必要的最短时间）；年限由街道确认", "K",
            title=_("Contacts of needs"), since=_("from the day the need came in"), remove=forget_contacts,
        )
    )  # fmt: skip
