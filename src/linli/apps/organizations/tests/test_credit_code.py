"""A wrong unified social credit code is refused with a sentence that names the character to look at."""

import pytest
from django.utils import translation

from linli.apps.organizations.models import Organization
from linli.apps.organizations.services.credit_code import (
    ALPHABET,
    CodeProblem,
    check_digit,
    credit_code_problem,
    is_credit_code,
    tidy_credit_code,
)
from linli.apps.organizations.tests.factories import make_organization
from linli.apps.places.tests.factories import make_district
from linli.kernel.errors import Refusal

RIGHT = "91350100M000100Y43"
"""The worked example of GB 32100-2015."""


@pytest.mark.sqlite_only
def test_it_takes_the_published_example() -> None:
    assert (is_credit_code(RIGHT), credit_code_problem(RIGHT)) == (True, None)


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("code", "problem"),
    [
        (RIGHT[:17], CodeProblem("code-length", {"length": 17})),
        ("9135O100M000100Y43", CodeProblem("code-letter", {"position": 5, "letter": "O", "instead": "0"})),
        ("9I350100M000100Y43", CodeProblem("code-letter", {"position": 2, "letter": "I", "instead": "1"})),
        ("91350100M000100Y4Z", CodeProblem("code-letter", {"position": 18, "letter": "Z", "instead": "2"})),
        ("91350100M0001#0Y43", CodeProblem("code-character", {"position": 14, "letter": "#"})),
        ("9135A100M000100Y43", CodeProblem("code-region", {"position": 5, "letter": "A"})),
        ("91350100N000100Y43", CodeProblem("code-look", {"hints": "9（N→M）"})),
        (
            "91350100M001000Y43",
            CodeProblem("code-look", {"hints": "2（1→L）、3/4（35→53）、12/13（10→01）"}),
        ),
        ("91350100M000110Y43", CodeProblem("code-check", {"instead": "A", "letter": "3"})),
    ],
)
def test_it_says_which_character_to_look_at(code: str, problem: CodeProblem) -> None:
    assert credit_code_problem(code) == problem


@pytest.mark.sqlite_only
def test_it_finds_every_single_wrong_character() -> None:
    """Modulo 31 with weights that 31 does not divide: no replaced character goes unseen."""
    wrong = [
        RIGHT[:index] + letter + RIGHT[index + 1 :]
        for index in range(18)
        for letter in ALPHABET
        if letter != RIGHT[index]
    ]
    assert (len(wrong), [code for code in wrong if credit_code_problem(code) is None]) == (18 * 30, [])


@pytest.mark.sqlite_only
def test_it_reads_full_width_lower_case_and_spaces() -> None:
    assert tidy_credit_code(" ９１３５０１００-m000 100y43 ") == RIGHT


@pytest.mark.django_db
def test_the_refusal_names_the_position_and_changes_nothing() -> None:
    here = make_district()
    with translation.override("zh-hans"), pytest.raises(Refusal) as refused:
        make_organization(here.street, credit_code="9135O100M000100Y43")
    assert (str(refused.value), refused.value.field, Organization.objects.count()) == (
        "第5位是“O”，信用代码里没有这个字母。可能应为“0”。",
        "credit_code",
        0,
    )


@pytest.mark.django_db
def test_two_organizations_never_share_a_code() -> None:
    here = make_district()
    make_organization(here.street, "甲服务社", credit_code=RIGHT)
    with pytest.raises(Refusal):
        make_organization(here.community, "乙服务社", credit_code=RIGHT)
    assert (check_digit(RIGHT[:17]), Organization.objects.count()) == ("3", 1)
