"""What a password must be, and that it is told before it is typed."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client

from linli.apps.people import services
from linli.apps.people.models import User
from linli.apps.people.tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> User:
    user = make_user(username="huaiyin.shegong", name="林晓禾")
    services.correct_account(user, name=None, email="river.bank@linli.example", phone="13000000042", actor=None)
    return User.objects.get(pk=user.pk)


def refused_as(password: str, user: User) -> list[str]:
    """The codes of the rules that refuse it."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        return sorted(str(one.code) for one in error.error_list)
    return []


@pytest.mark.parametrize(
    "password",
    ["kq7mvb2x", "wvtq!mbx", "8301-442", "velvetsummit", "830144279516", "槐树下喝豆汁儿8", "清晨去河边看白鹭飞过天桥"],
)
def test_it_takes(password: str, person: User) -> None:
    assert refused_as(password, person) == []


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("kq7mvb2", "password-too-simple"),
        ("kqwmvbzx", "password-too-simple"),
        ("83014427951", "password-too-simple"),
        ("password1", "password-common"),
        ("Qwerty123!", "password-common"),
        ("P-a-s-s-w-o-r-d", "password-common"),
        ("iloveyou2026", "password-common"),
        ("aaaaaaaaaaaa", "password-common"),
        ("123456789012", "password-common"),
        ("a1a1a1a1", "password-common"),
        ("linxiaohe!7", "password-like-person"),
        ("xiaohelin!7", "password-like-person"),
        ("我是林晓禾!7abc", "password-like-person"),
        ("x13000000042", "password-like-person"),
        ("shegong-77q", "password-like-person"),
        ("river.bank-7", "password-like-person"),
        ("ＨＵＡＩＹＩＮ-7", "password-like-person"),
    ],
)
def test_it_refuses(password: str, code: str, person: User) -> None:
    assert refused_as(password, person) == [code]


RULES = ("至少 8 位且含字母、数字、符号中的两种，或至少 12 位", "常见密码", "不含本人姓名、手机号或用户名")


def test_the_rules_stand_on_the_page_before_anything_is_typed(client: Client, person: User) -> None:
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get("/accounts/password/change/").content.decode()
    assert [rule in page[: page.index('name="password1"')] for rule in RULES] == [True, True, True]


def test_a_refused_password_is_told_beside_its_field(client: Client, person: User) -> None:
    person.set_password("kq7mvb2x")
    person.save()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    form = {"oldpassword": "kq7mvb2x", "password1": "wvtq!mbx", "password2": "wvtq!mb"}
    page = client.post("/accounts/password/change/", form)
    assert page.context["form"].errors == {"password2": ["两次输入的新密码不一致，请重新输入。"]}
