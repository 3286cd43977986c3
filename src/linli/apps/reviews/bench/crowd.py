"""Watchers of one room, each with the state it saw last, through the whole of the house's middleware."""

import time
from dataclasses import dataclass, field
from datetime import date
from statistics import median
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from linli.apps.places.models import Level
from linli.apps.places.services import found
from linli.apps.reviews import services
from linli.apps.reviews.models import Panel
from linli.kernel import rubric
from linli.kernel.refs import ref_of

ROUNDS, CHANGE_EVERY = 10, 5
"""A phone looks every two seconds: something changes every ten."""


@dataclass
class Figures:
    """``looks`` asked; ``beyond``: with more queries than the version's; ``unchanged``: answered 304."""

    looks: int = 0
    beyond: int = 0
    unchanged: int = 0
    queries: int = 0
    seconds: list[float] = field(default_factory=list)


class Crowd:
    """So many phones before one screen."""

    def __init__(self, code: str, *, watchers: int) -> None:
        self.path = f"/room/{code}/1/screen/now/"
        self.clients = [Client() for _watcher in range(watchers)]
        self.tags = [""] * watchers
        self.figures = Figures()

    def look(self) -> None:
        """Everybody looks once."""
        figures = self.figures
        connection.queries_log.clear()  # it holds 9,000 at most
        for number, client in enumerate(self.clients):
            headers = {"if-none-match": self.tags[number]} if self.tags[number] else {}
            before = time.process_time()
            with CaptureQueriesContext(connection) as asked:
                answer = client.get(self.path, headers=headers)
            if answer.status_code == 304:
                figures.unchanged += 1
                figures.seconds.append(time.process_time() - before)
            self.tags[number] = answer["ETag"]
            figures.looks += 1
            figures.queries += len(asked)
            figures.beyond += len(asked) > 1


def watch(watchers: int) -> dict[str, Any]:
    """A hall of so many phones over twenty seconds in which the room changes twice."""
    panel = make_room()
    crowd = Crowd(panel.session.code, watchers=watchers)
    for turn in range(ROUNDS):
        if turn % CHANGE_EVERY == 0:
            services.run_clock(panel, clock="talk", actor=None)
        crowd.look()
    figures = vars(crowd.figures)
    spent = median(figures.pop("seconds"))
    changes = ROUNDS // CHANGE_EVERY
    return {"watchers": watchers, "changes": changes, "milliseconds": spent * 1000, **figures}


def make_room() -> Panel:
    """A running review of three judges with an entry in the room, made through the verbs."""
    columns: dict[str, Any] = {"valid_from": date(2026, 1, 1), "actor": None}
    district = found(code="990101000000", name="和安区", level=Level.DISTRICT, parent=None, **columns)
    street = found(code="990101001000", name="清河里街道", level=Level.STREET, parent=district, **columns)
    sheet = rubric.define("bench", title="路演评审", criteria=rubric.sample("pitch_review"))
    session = services.open_session(
        title="千人观看", place=street, first_day=date(2026, 11, 22), rubric=sheet, actor=None
    )
    panel = services.add_panel(session, name="第一组", actor=None)
    for name in ("赵某", "钱某", "孙某"):
        services.seat_judge(panel, name=name, actor=None)
    entry = services.enter(session, title="楼门议事角", subject=ref_of(street), panel=panel, actor=None)
    services.start(session, actor=None)
    entry.refresh_from_db()
    services.call_entry(entry, actor=None)
    return Panel.objects.select_related("session").get(pk=panel.pk)
