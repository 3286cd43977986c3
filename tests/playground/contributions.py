"""What the playground adds: settings with every kind of limit, a slot and a part."""

from decimal import Decimal
from typing import Any

from linli.kernel.contributions import PagePart, contribute, declare_slot
from linli.kernel.settings import MUST_CHOOSE, Declared, Level, declare
from tests.playground import contacts, leaflets, post

declare(
    Declared(
        "playground.notice_days", "公示天数", int, 5, source="rules §3", grade="B", least=1, most=30, unit="工作日"
    )
)
declare(
    Declared(
        "playground.tranches", "拨付比例", list, MUST_CHOOSE, source="rules §3", grade="NF",
        least=Decimal(0), most=Decimal(100), unit="%",
    )
)  # fmt: skip
declare(
    Declared(
        "playground.mode", "用款方式", str, "报账制", source="rules §0", grade="B",
        choices=("报账制", "拨付制"), deepest=Level.RECORD,
    )
)  # fmt: skip

declare_slot("playground.errand.page")


def _mood(actor: Any, record: Any) -> dict[str, Any] | None:
    return {"mood": f"{record.title}!"} if record is not None else None


contribute(PagePart("playground.errand.page", "mood", "playground/mood.html", _mood))

KINDS = (contacts.CONTACT, leaflets.LEAFLET, post.NEWS, post.DUTY)
