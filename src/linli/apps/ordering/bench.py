"""``linli bench ordering [how many]``: the orders of a month (50,000) bundled into sheets, in a home of its own.

Beside it, in the same run, some hundred orders of another street are put onto their sheets one after the other, as a
worker at the desk would. ``DATABASE_URL`` names the database; without one it is a fresh SQLite file.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

ORDERS, GOAL_SECONDS = 50_000, 30.0
ONE_BY_ONE = 500
"""Orders of the other street."""
COMMUNITIES, SERVICES = 10, 10
MONTH, AT = date(2026, 3, 1), datetime(2026, 3, 10, 4, tzinfo=UTC)


def run(words: Sequence[str] = ()) -> int:
    """Print how long the job took; 1 when the goal is missed."""
    many = next((int(word) for word in words if word.isdigit()), ORDERS)
    with tempfile.TemporaryDirectory(prefix="linli-bench-") as home:
        environment = {
            "DATABASE_URL": f"sqlite:///{Path(home) / 'bench.sqlite3'}",
            **os.environ,
            "LINLI_HOME": home,
            "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        }
        command = [sys.executable, "-m", "linli.apps.ordering.bench", str(many)]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603  # us
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    found = json.loads(done.stdout.splitlines()[-1])
    sys.stdout.write(
        f"{found['orders']:,} orders into {found['sheets']} sheets on {found['database']}: {found['seconds']:.1f} s by "
        f"the clock, {found['worked']:.1f} s of processor time of its own (goal: {GOAL_SECONDS:.0f} s by the clock)\n"
        f"one by one {ONE_BY_ONE:,} orders take {found['singly']:.1f} s, {found['ratio']:.0f} times as long for each\n"
    )
    return int(found["seconds"] > GOAL_SECONDS or found["left"] > 0)


def measured(many: int) -> dict[str, float | str]:
    """Fill a street with the orders of a month, bundle them, and say how long the bundling took, in seconds."""
    from django.core.management import call_command
    from django.db import connection

    from linli.apps.ordering.models import Order, OrderState, SheetOrder
    from linli.apps.ordering.services import bundle_month

    call_command("migrate", verbosity=0)
    street = fill(many)
    begun, worked = time.perf_counter(), time.process_time()
    sheets = bundle_month(place=street, month=MONTH, actor=None, at=AT)
    took, worked = time.perf_counter() - begun, time.process_time() - worked
    singly = one_by_one(fill(ONE_BY_ONE, number=2))
    return {
        "singly": singly, "ratio": singly / ONE_BY_ONE / (took / many),
        "orders": SheetOrder.objects.count() - ONE_BY_ONE, "sheets": len(sheets), "seconds": took, "worked": worked,
        "database": connection.vendor,
        "left": Order.objects.filter(state=OrderState.GIVEN).count(),
    }  # fmt: skip


def one_by_one(street: "Place") -> float:  # type: ignore[name-defined]  # noqa: F821  # read once Django stands
    """Seconds in which every order of a street is put onto the draft of its service by itself."""
    from decimal import Decimal

    from linli.apps.ordering.models import Order, WorkSheet
    from linli.apps.ordering.services import SheetText, add_to_sheet, draw_up

    begun = time.perf_counter()
    sheets: dict[object, WorkSheet] = {}
    for row in Order.objects.filter(street=street).select_related("item__place"):
        item = row.item
        if item.pk in sheets:
            add_to_sheet(sheets[item.pk], orders=[row], actor=None, at=AT)
            continue
        text = SheetText(item.kind, item.title, item.title, MONTH, MONTH, "居民确认", Decimal(1_000))
        sheets[item.pk] = draw_up(place=item.place, text=text, orders=[row], item=item, month=MONTH, actor=None, at=AT)
    return time.perf_counter() - begun


def fill(many: int, *, number: int = 1) -> "Place":  # type: ignore[name-defined]  # noqa: F821  # read once Django stands
    """A street (one of several by ``number``) of ten communities with ten services each, and ``many`` orders with a
    place.
    """
    from linli.apps.ordering import services
    from linli.apps.ordering.models import Channel, Order, OrderState
    from linli.apps.ordering.services import ItemText
    from linli.apps.places.models import Level, Place
    from linli.apps.places.services import found

    day = date(2020, 1, 1)
    district = Place.objects.filter(level=Level.DISTRICT).first() or found(
        code="991188000000", name="和安区", level=Level.DISTRICT, valid_from=day, actor=None
    )
    street = found(
        code=f"99118800{number}000", name=f"清河里{number}街道", level=Level.STREET, parent=district, valid_from=day,
        actor=None,
    )  # fmt: skip
    items = []
    for turn in range(1, COMMUNITIES + 1):
        place = found(
            code=f"99118800{number}{turn:03d}", name=f"第{turn}社区", level=Level.COMMUNITY, parent=street,
            valid_from=day, actor=None,
        )  # fmt: skip
        for step in range(SERVICES):
            text = ItemText("haircut", f"服务{step + 1}", price=20)  # type: ignore[arg-type]  # yuan, whole
            items.append(services.write_item(place=place, month=MONTH, text=text, actor=None, at=AT))
    rows = []
    for serial in range(1, many + 1):
        row = Order(
            street=street, item=items[serial % len(items)], number=f"D2026-{serial:05d}", year=2026, serial=serial,
            household_key=f"{serial:064d}", channel=Channel.PORTAL, state=OrderState.GIVEN, asked_at=AT,
            pass_code=f"{number}{serial:015d}",
        )  # fmt: skip
        row.name = "居民某"
        rows.append(row)
    Order.objects.bulk_create(rows, batch_size=2_000)
    return street


if __name__ == "__main__":
    import django

    django.setup()
    json.dump(measured(int(sys.argv[1])), sys.stdout)
