"""One street with ten thousand needs, alone and among ninety-nine others: what its list, search and board then cost.

The same database is filled twice, in the order of time, so that the rows of a street lie scattered among the others'.
"""

import time
from collections.abc import Callable
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.test import Client

from linli.apps.needs import queries
from linli.apps.needs.bench.duplicates import server_seconds
from linli.apps.needs.bench.filling import Filled, fill
from linli.apps.people.models import User

EACH, ROUNDS = 10_000, 20
WORDS = "电梯"
PAGES = {
    "list page": "/desk/needs/?tab=all",
    "own page": "/desk/needs/?tab=mine",
    "search page": f"/desk/needs/?q={WORDS}",
    "board page": "/desk/needs/board/",
}


def measured(streets: int) -> dict[str, Any]:
    """Milliseconds of processor time of each look, server's included, with one street and with so many."""
    call_command("migrate", verbosity=0)
    alone = _costs(fill(1, EACH))
    _empty()
    began = time.perf_counter()
    filled = fill(streets, EACH)
    filling = time.perf_counter() - began
    return {
        "database": connection.vendor, "streets": streets, "each": EACH, "filling": filling,
        "alone": alone, "among": _costs(filled),
    }  # fmt: skip


def _empty() -> None:
    call_command("flush", verbosity=0, interactive=False)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM search_words")


def _costs(filled: Filled) -> dict[str, float]:
    """Of each look in turn; every round stands for a request of its own, so nothing is remembered."""
    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(pk=filled.officer))

    def page(address: str) -> Callable[[User], object]:
        def look(_actor: User) -> object:
            answer = client.get(address)
            if answer.status_code != 200:
                raise RuntimeError(f"{address} answered {answer.status_code}")
            return answer

        return look

    looks: dict[str, Callable[[User], object]] = {
        "visible, newest 30": lambda actor: list(queries.visible_to(actor)[:30]),
        "visible, counted": lambda actor: queries.visible_to(actor).order_by()[:10_001].count(),
        "search": lambda actor: queries.found(WORDS, actor),
        "tabs": queries.board_of,
        **{name: page(address) for name, address in PAGES.items()},
    }
    return {name: _cost(look, filled) for name, look in looks.items()}


def _cost(look: Callable[[User], object], filled: Filled) -> float:
    look(User.objects.get(pk=filled.officer))
    spent, served = 0.0, server_seconds()
    for _round in range(ROUNDS):
        actor = User.objects.get(pk=filled.officer)
        began = time.process_time()
        look(actor)
        spent += time.process_time() - began
    return 1000 * (spent + server_seconds() - served) / ROUNDS
