"""Days entered by hand: who may, and what stays on record."""

from datetime import date
from uuid import UUID, uuid4

import pytest
from tests.playground.actors import Somebody

from linli.kernel import audit, deadlines
from linli.kernel.audit.models import AuditRow
from linli.kernel.deadlines import CalendarDay
from linli.kernel.errors import Missing, NotAllowed, Refusal
from linli.kernel.scope import Anchor, Role

pytestmark = pytest.mark.django_db
DAY = date(2027, 2, 8)
STREET = uuid4()


def keeper(street: UUID = STREET, role: Role = Role.SYSTEM_ADMINISTRATOR) -> Somebody:
    return Somebody("甲", frozenset({(role, Anchor(place=street))}))


def test_it_enters_changes_and_clears_a_day() -> None:
    deadlines.set_day(DAY, is_working=False, actor=keeper(), street=STREET, note="春节")
    deadlines.set_day(DAY, is_working=True, actor=keeper(), street=STREET)
    assert [row.is_working for row in deadlines.entered_days(STREET, since=DAY)] == [True]
    deadlines.clear_day(DAY, actor=keeper(), street=STREET)
    assert CalendarDay.objects.count() == 0
    told = audit.entries(AuditRow.objects.filter(chain=f"street:{STREET}").order_by("number"))
    assert [entry.title for entry in told] == ["登记了日历日期", "登记了日历日期", "删除了日历日期"]


@pytest.mark.parametrize(
    ("actor", "street"),
    [
        (keeper(role=Role.STREET_OFFICER), STREET),
        (keeper(role=Role.AUDIT_ADMINISTRATOR), STREET),
        (keeper(uuid4()), STREET),
        (keeper(), None),
    ],
)
def test_it_refuses_others_and_neighbours(actor: Somebody, street: UUID | None) -> None:
    with pytest.raises(NotAllowed):
        deadlines.set_day(DAY, is_working=True, actor=actor, street=street)
    assert CalendarDay.objects.count() == 0


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMINISTRATOR, Role.SECTION_HEAD, Role.LEADER])
def test_it_lets_these_roles_keep_the_calendar(role: Role) -> None:
    deadlines.set_day(DAY, is_working=True, actor=keeper(role=role), street=STREET)
    assert CalendarDay.objects.count() == 1


def test_it_says_when_a_day_was_never_entered() -> None:
    with pytest.raises(Missing):
        deadlines.clear_day(DAY, actor=keeper(), street=STREET)


def test_it_refuses_a_long_note() -> None:
    with pytest.raises(Refusal, match="60"):
        deadlines.set_day(DAY, is_working=True, actor=keeper(), street=STREET, note="长" * 61)
