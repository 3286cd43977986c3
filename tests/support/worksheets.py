"""Work sheets for journeys, made by the verbs in a site's own home: what a browser need not do again."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.support.sites import ROOT, site_environment

COMMUNITY = "银杏社区"
ORDERS, NEEDS = 30, 5


def in_home(home: Path, verb: str, *words: str) -> Any:
    """Do a verb of this file in the site of ``home``; what it says.

    ``wanted``: 30 orders of a new service, 5 needs in one community, a fund. ``judged SHEET MARK…``: the review of its
    open call, to its end. ``approved CONTRACTOR``: its settlement with invoice and papers, approved in the ledger.
    """
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.worksheets", verb, *words],
        env=site_environment(home), cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    return json.loads(done.stdout.splitlines()[-1])


def wanted() -> dict[str, Any]:
    from decimal import Decimal

    from django.utils import timezone

    from linli.apps.ledger.tests.factories import make_fund
    from linli.apps.needs import services as needs
    from linli.apps.needs.models import Channel as Came
    from linli.apps.needs.tests.factories import CALLER
    from linli.apps.ordering import services
    from linli.apps.ordering.models import Channel
    from linli.apps.ordering.services import ItemText, OrderText
    from linli.apps.places.models import Place

    place = Place.objects.select_related("street").get(name=COMMUNITY)
    text = ItemText("sharpening", "菜刀磨修", price=Decimal(200), quota=1)
    item = services.write_item(place=place, month=timezone.localdate(), text=text, actor=None)
    services.open_items([item], actor=None)
    for number in range(ORDERS):
        household = OrderText(f"居民{number}", phone=f"139{number:08d}")
        services.order(item, text=household, channel=Channel.PHONE, actor=None)
    street = place.street
    assert street is not None
    told = [
        needs.receive(
            street=street, place=place, matter=f"楼下磨刀师傅不来了，第{number}位邻居问哪里能磨刀。",
            channel=Came.HOTLINE, contact=CALLER, actor=None,
        ).need
        for number in range(1, NEEDS + 1)
    ]  # fmt: skip
    fund = make_fund(street, code="点单", name="党组织服务群众经费", source="party_service")
    return {
        "orders": [str(row.pk) for row in item.orders.all()], "needs": [str(row.pk) for row in told],
        "fund": str(fund.pk),
    }  # fmt: skip


def judged(sheet: str, *totals: str) -> str:
    from linli.apps.ordering.models import WorkSheet
    from linli.apps.ordering.tests.factories import judge

    judge(WorkSheet.objects.get(pk=sheet), *map(int, totals))
    return "done"


def approved(contractor: str) -> str:
    from linli.apps.ledger import services as ledger
    from linli.apps.ledger.tests.factories import give_papers, make_voucher
    from linli.apps.ordering.models import Settlement

    spent = Settlement.objects.get(contractor=contractor).expenditure
    assert spent is not None
    make_voucher(spent)
    give_papers(spent)
    for step in (ledger.submit, ledger.check, ledger.approve):
        step(spent, actor=None)
    return str(spent.pk)


def main() -> None:
    import django

    django.setup()
    from django.utils.translation import override

    verb, *words = sys.argv[1:]
    with override("zh-hans"):
        said = {"wanted": wanted, "judged": judged, "approved": approved}[verb](*words)  # type: ignore[operator]  # each takes its own words
    print(json.dumps(said))  # read by the process that asked


if __name__ == "__main__":
    main()
