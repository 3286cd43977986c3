"""The people of one street, and a need on its way, for tests of the loop."""

from dataclasses import dataclass
from datetime import timedelta

from tests.support.remembering import remembered

from linli.apps.needs import services
from linli.apps.needs.models import AttemptWay, Category, CommunityPart, Need, Outcome, Route, Via, Way
from linli.apps.needs.tests.factories import NOW, make_category, make_need
from linli.apps.people.models import User
from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import District, make_district
from linli.kernel.scope import Role

HOUR = timedelta(hours=1)


@dataclass
class Street:
    """Who works where; ``lamps`` is the community's own matter, ``roads`` one that is not on its list."""

    here: District
    worker: User
    colleague: User
    secretary: User
    officer: User
    head: User
    leader: User
    lamps: Category
    roads: Category


@remembered
def make_street() -> Street:
    """A community with three people, a street with an officer, a section head and a leader."""
    here = make_district()
    return Street(
        here=here,
        worker=make_user(Role.COMMUNITY_WORKER, here.community, name="米社工"),
        colleague=make_user(Role.COMMUNITY_WORKER, here.community, name="杜社工"),
        secretary=make_user(Role.COMMUNITY_SECRETARY, here.community, name="陶书记"),
        officer=make_user(Role.STREET_OFFICER, here.street, name="宋干事"),
        head=make_user(Role.SECTION_HEAD, here.street, name="彭科长"),
        leader=make_user(Role.LEADER, here.street, name="曹主任"),
        lamps=make_category("0101", name="楼道照明"),
        roads=make_category("0202", name="道路破损", community_part=CommunityPart.NONE),
    )


@remembered
def make_analysed(street: Street) -> Need:
    """A need of the community, written down by a worker and analysed by him."""
    need = make_need(street.here.community, actor=street.worker)
    services.analyse(need, category=street.lamps, route=Route.AT_ONCE, actor=street.worker, at=NOW + HOUR)
    return need


@remembered
def make_handled(street: Street) -> Need:
    """It was dispatched to the community and signed for."""
    need = make_analysed(street)
    services.dispatch(need, unit=street.here.community, actor=street.officer, at=NOW + HOUR)
    services.accept(need, actor=street.worker, at=NOW + 2 * HOUR)
    return need


def answer_it(street: Street, need: Need, hours: int = 3) -> None:
    """The resident is reached and answered."""
    at = NOW + hours * HOUR
    services.record_contact(need, way=AttemptWay.PHONE, reached=True, actor=street.worker, at=at)
    services.answer(
        need, text="路灯已修好。", outcome=Outcome.SOLVED, ways=[Way.AT_DOOR], actor=street.worker, at=at + HOUR
    )


def rate_it(need: Need, *, solved: bool, hours: int = 30) -> None:
    """The resident says with his code whether it helped."""
    services.rate(
        need, solved=solved, reasons="" if solved else "灯又灭了", via=Via.CODE, actor=None, at=NOW + hours * HOUR
    )
