"""Telephone and identity numbers written one way, and masked."""

import pytest

from linli.kernel.errors import Refusal
from linli.kernel.privacy import ADDRESS, ID_NUMBER, PERSON_NAME, PHONE
from linli.kernel.privacy.numbers import check_digit

SAME_MOBILE = (
    "13812341234",
    "138 1234 1234",
    "138-1234-1234",
    "+86 138 1234 1234",
    "+8613812341234",
    "8613812341234",
    "0086-138-1234-1234",
    "13812341234",
    "(+86)13812341234",
)
LANDLINES = {
    "010-8123 4567": "01081234567",
    "(010)81234567": "01081234567",
    "+86 10 8123 4567": "01081234567",
    "0512-6812345": "05126812345",
    "0755-26812345": "075526812345",
    "+86 755 26812345": "075526812345",
    "010-81234567-801": "01081234567-801",
    "01081234567转801": "01081234567-801",
    "010 81234567 分机 6": "01081234567-6",
    "400-810-1234": "4008101234",
    "+852 9123 4567": "+85291234567",
}
NO_PHONE = ("", "12345", "1381234123", "138123412345", "81234567", "23812341234", "电话", "010-1234567", "+86 12")


@pytest.mark.parametrize("written", SAME_MOBILE)
def test_it_writes_every_form_of_one_mobile_number_one_way(written: str) -> None:
    assert PHONE.tidy(written) == "13812341234"


@pytest.mark.parametrize(("written", "tidy"), LANDLINES.items())
def test_it_keeps_area_code_and_extension_of_a_landline(written: str, tidy: str) -> None:
    assert PHONE.tidy(written) == tidy


@pytest.mark.parametrize("tidy", ["13812341234", *LANDLINES.values()])
def test_it_leaves_a_tidy_number_as_it_is(tidy: str) -> None:
    assert PHONE.tidy(tidy) == tidy


@pytest.mark.parametrize("written", NO_PHONE)
def test_it_refuses_what_is_no_telephone_number(written: str) -> None:
    with pytest.raises(Refusal):
        PHONE.tidy(written)


def test_it_computes_the_check_digit_of_the_standards_own_example() -> None:
    assert check_digit("11010519491231002") == "X"


@pytest.mark.parametrize("written", ["11010519491231002x", "11010519491231002X", " 110105 19491231 002X "])
def test_it_writes_an_identity_number_one_way(written: str) -> None:
    assert ID_NUMBER.tidy(written) == "11010519491231002X"


@pytest.mark.parametrize(
    "written",
    ["110105194912310021", "11010519490231002X", "110105299912310029", "1101051949123100", "A1010519491231002X", ""],
)
def test_it_refuses_a_wrong_identity_number(written: str) -> None:
    with pytest.raises(Refusal):
        ID_NUMBER.tidy(written)


def test_it_finds_every_single_wrong_digit() -> None:
    right = "11010519491231002X"
    refused = 0
    for place in range(17):
        for digit in "0123456789":
            if digit != right[place]:
                with pytest.raises(Refusal):
                    ID_NUMBER.tidy(right[:place] + digit + right[place + 1 :])
                refused += 1
    assert refused == 17 * 9


@pytest.mark.parametrize(
    ("sort", "text", "masked"),
    [
        (PHONE, "13812341234", "138****1234"),
        (PHONE, "01081234567", "010******67"),
        (PHONE, "05126812345", "0512*****45"),
        (PHONE, "01081234567-801", "010******67"),
        (ID_NUMBER, "11010519491231002X", "110***********002X"),
        (PERSON_NAME, "张三", "张*"),
        (PERSON_NAME, "欧阳小明", "欧阳*"),
        (PERSON_NAME, "买买提·吐尔逊", "买*"),
        (ADDRESS, "清河里街道12号楼3单元", "清河***"),
        (ADDRESS, "三号楼", "***"),
    ],
)
def test_it_masks(sort: object, text: str, masked: str) -> None:
    assert sort.mask(text) == masked  # type: ignore[attr-defined]  # parametrized


def test_it_writes_the_middle_dot_of_a_name_one_way() -> None:
    assert PERSON_NAME.tidy(" 买买提•吐尔逊 ") == "买买提·吐尔逊"
