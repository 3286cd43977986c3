"""Who comes on a day: residents at the portal, staff at the desk, judges in a room; what each looks at and does."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any
from urllib.parse import quote

from tests.load.client import Answer, Browser, form_of

RESIDENTS = 400
"""Browsers of residents, each at an address of its own: one network may send sixty needs in ten minutes."""
DEVICES = 3
"""Of each account of the staff."""
MATTERS = ("楼道灯不亮", "下水道堵了", "楼前积水很深", "树枝挡住路灯", "井盖响得厉害", "垃圾没有清走")
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"


@dataclass(frozen=True)
class Written:
    """Something a person wrote: what it was, the mark by which its row is found, and where the site led next."""

    what: str
    mark: str
    location: str = ""


@dataclass
class People:
    """Everybody who may come, and the house's facts by which they know where to go."""

    port: int
    facts: dict[str, Any]
    chance: Random = field(default_factory=lambda: Random(5))  # who comes next
    residents: list[Browser] = field(default_factory=list)
    staff: list[Browser] = field(default_factory=list)
    judges: list[Browser] = field(default_factory=list)
    doors: dict[str, list[Browser]] = field(default_factory=dict)
    sheets: int = 0

    async def arrive(self) -> None:
        """Staff sign in, judges take their seats, residents choose their community. Raises RuntimeError."""
        communities = self.facts["communities"]
        for number in range(RESIDENTS):
            one = Browser(self.port, address(number))
            one.cookies["linli_community"] = communities[number % len(communities)]
            self.residents.append(one)
        for name in self.facts["staff"]:
            for _device in range(DEVICES):
                one = Browser(self.port, address(RESIDENTS + len(self.staff)))
                await self.sign_in(one, name)
                self.staff.append(one)
        for number, pin in enumerate(self.facts["pins"].values()):
            self.judges.append(await self._seated(Browser(self.port, address(500 + number)), pin))
        for kind, who, path in LOOKS:
            self.doors[kind] = await self._whose(who, path)

    async def _whose(self, who: str, path: "Path") -> list[Browser]:
        """Those to whom this page opens: not all of the staff. Raises RuntimeError where it is nobody."""
        if who != "staff":
            return self.residents if who == "resident" else self.judges
        opened: list[Browser] = []
        for first in range(0, len(self.staff), DEVICES):
            answer = await self.staff[first].get(path(self))
            opened += self.staff[first : first + DEVICES] if answer.status == 200 else []
        if not opened:
            raise RuntimeError(f"{path(self)} opens to nobody")
        return opened

    async def sign_in(self, one: Browser, name: str) -> Written:
        """Through the page, as a person does. Raises RuntimeError where the site would not."""
        page = await one.get("/accounts/login/")
        given = {**form_of(page.text), "login": name, "password": self.facts["password"]}
        answer = await one.post("/accounts/login/", given)
        if answer.status != 302 or "sessionid" not in one.cookies:
            raise RuntimeError(f"{name} could not sign in: {answer.status} {answer.location}")
        return Written("sign-in", one.cookies["sessionid"], answer.location)

    async def _seated(self, one: Browser, pin: str) -> Browser:
        room = f"/room/{self.facts['room']}/"
        page = await one.get(room)
        answer = await one.post(room, {**form_of(page.text), "pin": pin})
        promise = await one.get(answer.location)
        await one.post(f"{room}promise/", form_of(promise.text))
        return one

    def place(self) -> str:
        """A community."""
        return str(self.chance.choice(self.facts["communities"]))

    def read(self) -> tuple[str, Browser, str]:
        """One look of the day: what is looked at, by whom, under which address."""
        kind, _who, path = self.chance.choices(LOOKS, WEIGHTS)[0]
        return kind, self.chance.choice(self.doors[kind]), path(self)

    def one_of(self, kind: str) -> str:
        """The key of a record of this kind."""
        return str(self.chance.choice(self.facts[kind]))

    def visit(self) -> "Visit":
        """One writing of the day, not yet begun."""
        return self.chance.choices(VISITS, (45, 25, 10, 20))[0](self)


def address(number: int) -> str:
    """An address of the loopback."""
    return f"127.0.{1 + number // 250}.{1 + number % 250}"


@dataclass
class Visit:
    """A person who opens a form, fills it in, sends it and looks at what came of it."""

    people: People
    browser: Browser = field(init=False)
    mark: str = field(default_factory=lambda: secrets.token_hex(8))
    about: str = ""
    what = ""
    path = ""

    def __post_init__(self) -> None:
        number = self.people.chance.randrange(RESIDENTS)
        self.browser = Browser(self.people.port, address(number), dict(self.people.residents[number].cookies))
        self.begin()

    def begin(self) -> None:
        """Choose what it is about."""

    def fields(self) -> dict[str, str]:
        """What is typed."""
        return {}

    def written(self, answer: Answer) -> Written | None:
        """What the site acknowledged, None where it did not."""
        return Written(self.what, self.mark, answer.location) if answer.status == 302 else None


class NeedVisit(Visit):
    """A resident reports something."""

    what, path = "need", "/needs/report/"

    def fields(self) -> dict[str, str]:
        """Where and what."""
        matter = f"{self.people.chance.choice(MATTERS)}，来信{self.mark}，请来看看"
        return {"matter": matter, "place": self.people.place()}


class OrderVisit(Visit):
    """A resident orders a service."""

    what = "order"

    def begin(self) -> None:
        """A service of some community."""
        self.path = f"/menu/{self.people.one_of('services')}/"

    def fields(self) -> dict[str, str]:
        """A name, a telephone nobody else has, and the mark where wishes for the time stand."""
        name = self.people.chance.choice(SURNAMES) + self.people.chance.choice("芳秀兰敏静丽强磊军洋")
        return {"name": name, "phone": f"137{secrets.randbelow(10**8):08}", "wished": self.mark}


class ScoreVisit(Visit):
    """A judge hands a sheet in: every judge about every entry in turn."""

    what = "score"

    def begin(self) -> None:
        """The next sheet."""
        people, entries = self.people, self.people.facts["entries"]
        judge, entry = people.sheets % len(people.judges), people.sheets // len(people.judges) % len(entries)
        people.sheets += 1
        known = people.judges[judge]
        self.browser = Browser(people.port, known.origin, dict(known.cookies))
        self.path = f"/room/{people.facts['room']}/entries/{entries[entry]}/"
        self.about = f"{list(people.facts['pins'])[judge]} {entries[entry]}"

    def fields(self) -> dict[str, str]:
        """A mark for each criterion, and the mark as a remark."""
        marks = {
            code: str(self.people.chance.randint(top // 2, top)) for code, top in self.people.facts["criteria"].items()
        }
        return {**marks, "comment": self.mark}


class SignInVisit(Visit):
    """Somebody of the staff signs in on a further device."""

    what, path = "sign-in", "/accounts/login/"

    def begin(self) -> None:
        """A browser without a session."""
        self.browser.cookies.clear()
        self.name = self.people.chance.choice(self.people.facts["staff"])

    def fields(self) -> dict[str, str]:
        """Name and password."""
        return {"login": self.name, "password": self.people.facts["password"]}

    def written(self, answer: Answer) -> Written | None:
        """The session that was opened."""
        session = self.browser.cookies.get("sessionid", "")
        return Written(self.what, session, answer.location) if answer.status == 302 and session else None


VISITS = (NeedVisit, OrderVisit, SignInVisit, ScoreVisit)

Path = Callable[[People], str]
WORDS = tuple(map(quote, ("电梯", "停车", "照明", "垃圾")))
MANY: tuple[tuple[int, str, str, Path], ...] = (
    (14, "portal front page", "resident", lambda _all: "/"),
    (6, "portal community", "resident", lambda all_: f"/communities/{all_.place()}/"),
    (4, "portal communities", "resident", lambda _all: "/communities/"),
    (6, "portal menu", "resident", lambda all_: f"/menu/?at={all_.place()}"),
    (4, "portal figures", "resident", lambda _all: "/needs/figures/"),
    (3, "portal calls", "resident", lambda _all: "/calls/"),
    (3, "portal one call", "resident", lambda all_: f"/calls/{all_.one_of('rounds')}/"),
    (3, "portal showcase", "resident", lambda _all: "/showcase/"),
    (3, "portal search", "resident", lambda all_: f"/search/?q={all_.chance.choice(WORDS)}"),
    (4, "portal follow", "resident", lambda _all: "/needs/follow/"),
    (6, "desk front page", "staff", lambda _all: "/desk/"),
    (8, "desk needs", "staff", lambda _all: "/desk/needs/"),
    (4, "desk all needs", "staff", lambda _all: "/desk/needs/?tab=all"),
    (3, "desk needs searched", "staff", lambda all_: f"/desk/needs/?q={all_.chance.choice(WORDS)}"),
    (9, "desk one need", "staff", lambda all_: f"/desk/needs/{all_.one_of('needs')}/"),
    (2, "desk needs board", "staff", lambda _all: "/desk/needs/board/"),
    (4, "desk roster", "staff", lambda _all: "/desk/roster/"),
    (2, "desk roster searched", "staff", lambda all_: f"/desk/roster/?q={quote(all_.chance.choice(SURNAMES))}"),
    (3, "desk projects", "staff", lambda _all: "/desk/projects/"),
    (2, "desk projects board", "staff", lambda _all: "/desk/projects/board/"),
    (2, "desk one project", "staff", lambda all_: f"/desk/projects/{all_.one_of('projects')}/"),
    (2, "desk search", "staff", lambda all_: f"/desk/search/?q={all_.chance.choice(WORDS)}"),
    (2, "desk ordering", "staff", lambda _all: "/desk/ordering/"),
    (1, "desk rounds", "staff", lambda _all: "/desk/rounds/"),
    (1, "desk notices", "staff", lambda _all: "/desk/notices/"),
    (4, "room seat", "judge", lambda all_: f"/room/{all_.facts['room']}/1/"),
)
LOOKS = tuple((kind, who, path) for _weight, kind, who, path in MANY)
WEIGHTS = tuple(weight for weight, _kind, _who, _path in MANY)
