"""Figures a street may choose, and how long objections keep a name."""

from django.utils.translation import gettext_lazy as _

from linli.apps.publicity.services.forgetting import forget_names
from linli.kernel.privacy import Retention, retain
from linli.kernel.settings import Declared, Level, declare

PRACTICE = "公示（文书14）"
SETTINGS = (
    Declared(
        "publicity.notice_days", _("Working days for which a notice is on display"), int, 5,
        source="公示不少于五个工作日的通例",
        grade="B", least=1, most=30, unit="个工作日", deepest=Level.RECORD,
    ),
    Declared("publicity.unit", _("Unit that gives notices"), str, "", source=PRACTICE, grade="K"),
    Declared("publicity.office", _("Office that takes objections to notices"), str, "", source=PRACTICE, grade="K"),
    Declared("publicity.phones", _("Telephones of that office"), str, "", source=PRACTICE, grade="K"),
    Declared("publicity.address", _("Address of that office"), str, "", source=PRACTICE, grade="K"),
    Declared("publicity.email", _("E-mail of that office"), str, "", source=PRACTICE, grade="K"),
)  # fmt: skip


def contribute() -> None:
    """Declare them."""
    for setting in SETTINGS:
        declare(setting)
    retain(
        Retention(
            "publicity.objection", 3 * 365, "民法典第一百八十八条（诉讼时效三年）", "K",
            title=_("Names on objections to public notices"), since=_("from the day of the answer"),
            remove=forget_names,
        )
    )  # fmt: skip
