"""What is kept about a person can be shown, put right and taken away."""

import pytest

from linli.apps.people.contributions.personal import PERSONAL
from linli.apps.people.models import User
from linli.apps.people.tests.factories import make_card, make_user
from linli.apps.places.tests.factories import make_district
from linli.kernel.contributions import Person
from linli.kernel.publication import PublicationState, publication_of
from linli.kernel.scope import Role

pytestmark = pytest.mark.django_db


def test_it_exports_account_posts_and_cards() -> None:
    here = make_district()
    worker = make_user(Role.COMMUNITY_WORKER, here.community, name="韩某", username="han")
    make_card(here.community, author=worker)
    person = Person(user_id=worker.pk)
    assert (PERSONAL.find(person), PERSONAL.export(person)) == (
        3,
        [
            {"用户名": "han", "姓名": "韩某", "电子邮箱": "", "电话": ""},
            {"岗位": Role.COMMUNITY_WORKER.label, "所在": "槐荫社区", "开始日期": "2026-01-01", "结束日期": ""},
            {"联系卡": "居家养老服务咨询", "编写": True},
        ],
    )


def test_it_empties_the_account_and_keeps_the_decision() -> None:
    here = make_district()
    officer = make_user(Role.STREET_OFFICER, here.street, name="韩某", username="han")
    card = make_card(here.community, PublicationState.PUBLIC, signer=officer)
    reason = PERSONAL.erase(Person(user_id=officer.pk))
    after = User.objects.get(pk=officer.pk)
    assert (bool(reason), after.name, after.is_active, after.roles(), publication_of(card).signer_id) == (
        True,
        "已注销",
        False,
        frozenset(),
        officer.pk,
    )
    assert not User.objects.filter(username="han").exists()


def test_it_puts_a_wrong_name_right() -> None:
    user = make_user(name="寒某")
    assert PERSONAL.correct is not None
    PERSONAL.correct(Person(user_id=user.pk), {"name": "韩某"})
    assert User.objects.get(pk=user.pk).name == "韩某"
