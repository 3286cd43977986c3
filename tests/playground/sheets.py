"""A sheet of shops with one column of every type, and a stock list whose rows belong together."""

from collections.abc import Mapping, Sequence
from typing import Any

from linli.kernel.contributions import SheetOffer, contribute
from linli.kernel.scope import nobody, signed_in
from linli.kernel.tables import Column, Into, Problem, Sheet, Type


def _shop() -> Any:
    from tests.playground.models import Shop

    return Shop


def review(rows: Sequence[Mapping[str, Any]], *, actor: Any) -> list[list[Problem]]:
    """A closed house has no seats: a rule over two columns."""
    return [
        [Problem("seats", "out-of-range", {"least": 0, "most": 0})]
        if row.get("kind") == "closed" and row.get("seats")
        else []
        for row in rows
    ]


SHOPS = Sheet(
    name="playground.shops",
    title="店铺",
    columns=(
        Column("code", "编号", required=True, max_length=20, synonyms=("店铺编号", "代码"), example="S001"),
        Column("name", "名称", required=True, max_length=60, synonyms=("店名",)),
        Column("kind", "类别", Type.CHOICE, choices=(("food", "餐饮"), ("repair", "维修"), ("closed", "停业"))),
        Column("opened", "开业日期", Type.DATE, synonyms=("开业时间",)),
        Column("rent", "租金（元）", Type.DECIMAL, least=0, note="按月"),
        Column("seats", "座位数", Type.WHOLE, least=0, most=500),
        Column("listed", "已登记", Type.YES_NO),
        Column("seen_at", "走访时间", Type.MOMENT),
    ),
    key=("code",),
    into=Into(model=_shop, constants=lambda actor: {"entered_by": actor.actor_id}),
    review=review,
)

contribute(SheetOffer(name=SHOPS.name, title="店铺", sheet=SHOPS, allowed=signed_in))
contribute(SheetOffer(name="playground.closed", title="停用的表", sheet=SHOPS, allowed=nobody))
