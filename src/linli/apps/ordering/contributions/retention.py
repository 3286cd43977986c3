"""How long orders keep names."""

from django.utils.translation import gettext_lazy as _

from linli.apps.ordering.services.forgetting import forget_names
from linli.kernel.privacy import Retention, retain


def contribute() -> None:
    """Declare it."""
    retain(
        Retention(
            "ordering.order", 3 * 365, "个人信息保护法第十九条（必要的最短时间）；年限由街道确认", "K",
            title=_("Names on orders"), since=_("from the day of the order"), remove=forget_names,
        )
    )  # fmt: skip
