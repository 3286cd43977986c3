"""The column and the form field: what they take, refuse, store and give back."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import F, Max, Sum, Value
from tests.playground.models import Pot, Spend

from linli.kernel.money import InexactAmount, MoneyField, MoneyFormField


@pytest.mark.django_db
def test_it_stores_whole_fen() -> None:
    Pot.objects.create(limit=Decimal("12345.67"))
    with connection.cursor() as cursor:
        cursor.execute('SELECT "limit" FROM playground_pot')
        assert cursor.fetchone() == (1234567,)


@pytest.mark.django_db
def test_it_gives_yuan_with_two_decimals_back() -> None:
    Pot.objects.create(limit=100)
    assert str(Pot.objects.get().limit) == "100.00"


@pytest.mark.django_db
def test_it_sums_in_yuan() -> None:
    pot = Pot.objects.create(limit=Decimal(1))
    for _ in range(10):
        Spend.objects.create(pot=pot, amount=Decimal("0.10"))
    figures = Spend.objects.aggregate(total=Sum("amount"), top=Max("amount"))
    assert figures == {"total": Decimal("1.00"), "top": Decimal("0.10")}


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", [0.1, 100.0, Decimal("0.001"), "1.005", "x", Decimal("NaN"), True, 10**20])
def test_it_refuses_what_is_no_exact_amount(wrong: object) -> None:
    with pytest.raises(InexactAmount), transaction.atomic():
        Pot.objects.create(limit=wrong)
    with pytest.raises(ValidationError):
        Pot(limit=wrong).clean_fields()


@pytest.mark.django_db
def test_it_compares_in_yuan() -> None:
    Pot.objects.create(limit=Decimal("10.00"))
    assert Pot.objects.filter(limit__gt=Decimal("9.99")).count() == 1
    assert Pot.objects.filter(limit__in=["10", Decimal("11.00")]).count() == 1
    assert Pot.objects.filter(limit__lt=Decimal("10.00")).count() == 0


@pytest.mark.django_db
def test_it_reckons_in_sql_with_a_wrapped_amount() -> None:
    Pot.objects.create(limit=Decimal("10.00"))
    Pot.objects.update(limit=F("limit") + Value(Decimal("0.05"), output_field=MoneyField()))
    assert Pot.objects.get().limit == Decimal("10.05")


@pytest.mark.django_db
def test_it_leaves_the_rule_to_the_database_too() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Pot.objects.create(limit=Decimal("-0.01"))


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("12345", "12345.00"),
        ("¥12,345.6", "12345.60"),
        ("12345.67", "12345.67"),
        (" 1 000,000元 ", "1000000.00"),
        ("0", "0.00"),
    ],
)
def test_it_understands_what_people_type(typed: str, amount: str) -> None:
    assert str(MoneyFormField().clean(typed)) == amount


@pytest.mark.parametrize("typed", ["0.001", "一百", "1e", "--5", "NaN"])
def test_it_tells_the_typist_what_is_wanted(typed: str) -> None:
    with pytest.raises(ValidationError) as error:
        MoneyFormField().clean(typed)
    assert error.value.messages == ["请填写金额（元），小数最多两位。"]


def test_it_takes_an_empty_entry_where_none_is_required() -> None:
    assert MoneyFormField(required=False).clean("") is None


def test_it_makes_its_own_form_field() -> None:
    assert type(Pot._meta.get_field("limit").formfield()) is MoneyFormField  # type: ignore[union-attr]
