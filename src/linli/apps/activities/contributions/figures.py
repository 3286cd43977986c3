"""Figures a street may choose, and how long lists keep names."""

from django.utils.translation import gettext_lazy as _

from linli.apps.activities.services.forgetting import forget_names
from linli.kernel.privacy import Retention, retain
from linli.kernel.settings import Declared, declare

SETTINGS = (
    Declared(
        "activities.no_show_minutes", _("Minutes after the beginning at which unused places are freed"), int, 15,
        source="活动签到的通例", grade="K", least=5, most=120, unit="分钟",
    ),
)  # fmt: skip


def contribute() -> None:
    """Declare them."""
    for setting in SETTINGS:
        declare(setting)
    retain(
        Retention(
            "activities.signup", 2 * 365, "个人信息保护法第十九条（必要的最短时间）；年限由街道确认", "K",
            title=_("Names on lists of activities"), since=_("from the day of the activity"), remove=forget_names,
        )
    )  # fmt: skip
    retain(
        Retention(
            "activities.handout", None, "会计档案管理办法（随凭证保存）；年限由街道确认", "K",
            title=_("Names of those who signed for goods"), since=_("as long as the voucher is kept"),
        )
    )  # fmt: skip
