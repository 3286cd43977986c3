"""What a street decides about its agreements; where no rule says it, it must be chosen."""

from django.utils.translation import gettext_lazy as _

from linli.apps.agreements.kinds import FIRST_PARTIES
from linli.kernel.settings import MUST_CHOOSE, Declared, declare

PRACTICE = "合同审核会签单（文书16）"
SETTINGS = (
    Declared(
        "agreements.first_party", _("Who is the first party of agreements"), str, MUST_CHOOSE,
        source="协议由谁签订，由街道确定",
        grade="NF", choices=FIRST_PARTIES,
    ),
    Declared(
        "agreements.first_party_code", _("Unified social credit code of the first party"), str, "", source=PRACTICE,
        grade="K",
    ),
    Declared(
        "agreements.offices", _("Offices whose opinion an agreement needs (科室, 财务, 法律, 领导)"), str,
        "科室,财务,法律,领导", source=PRACTICE, grade="K",
    ),
    Declared(
        "agreements.mark", _("Mark with which the numbers of agreements begin"), str, "", source=PRACTICE, grade="K",
    ),
)  # fmt: skip


def contribute() -> None:
    """Declare them."""
    for setting in SETTINGS:
        declare(setting)
