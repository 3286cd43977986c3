"""Running text: what of a person is found in it, and what of an office may stand."""

import pytest

from linli.kernel.publication.scanning.findings import FindingKind
from linli.kernel.publication.scanning.numbers import is_credit_code, is_id_number, passes_luhn
from linli.kernel.publication.scanning.texts import Lists, look_through

pytestmark = pytest.mark.sqlite_only

OFFICE = Lists.of(["010-62880011", "兴华路5号2号楼101室"])
FOUND = {
    "身份证11010519491231002X办理": (FindingKind.ID_NUMBER, "110*************2X"),
    "身份证 110105 19491231 002Ｘ": (FindingKind.ID_NUMBER, "110*** ******** **2Ｘ"),
    "１１０１０５１９４９１２３１００２Ｘ": (FindingKind.ID_NUMBER, "１１０*************２Ｘ"),
    "身份证号110105491231002": (FindingKind.ID_NUMBER, "110**********02"),
    "电话13812341234一楼": (FindingKind.MOBILE, "138******34"),
    "一三八一二三四一二三四": (FindingKind.MOBILE, "一三八******三四"),
    "138-1234-1234": (FindingKind.MOBILE, "138-****-**34"),
    "138 1234 1234": (FindingKind.MOBILE, "138 **** **34"),
    "1 3 8 1 2 3 4 1 2 3 4": (FindingKind.MOBILE, "1 3 8 * * * * * * 3 4"),
    "+8613812341234": (FindingKind.MOBILE, "861********34"),
    "138\u200b1234\u200b1234": (FindingKind.MOBILE, "138\u200b****\u200b**34"),
    "①③⑧①②③④①②③④": (FindingKind.MOBILE, "①③⑧******③④"),
    "咨询电话010-62880012": (FindingKind.LANDLINE, "010-******12"),
    "(010)62880012": (FindingKind.LANDLINE, "010)******12"),
    "致电 62880012": (FindingKind.LANDLINE, "628***12"),
    "卡号6222 0212 3456 7890 128": (FindingKind.BANK_CARD, "622* **** **** **** *28"),
    "6222021234567890128": (FindingKind.BANK_CARD, "622**************28"),
    "王大爷住2号楼3单元501": (FindingKind.HOUSE, "王大爷住*号楼*单元*"),
    "5号院3-2-501": (FindingKind.HOUSE, "*号院*-*-*"),
    "本人家住和安里十二号楼三单元六零一室": (FindingKind.HOUSE, "本人家住和安里*号楼*单元*室"),
    "住址：兴华路5号": (FindingKind.HOUSE, "住址：兴华路*号"),
    "和安里5号501室": (FindingKind.HOUSE, "和安里*号*室"),
    "独居老人王秀英，患糖尿病": (FindingKind.HARDSHIP, "王*"),
    "低保户李建国享受补贴": (FindingKind.HARDSHIP, "李*"),
    "低保户李建国可免费助餐": (FindingKind.HARDSHIP, "李*"),
    "慰问张伟、李娜等残疾人": (FindingKind.HARDSHIP, "张*"),
    "刘桂兰（女，78岁）低保": (FindingKind.HARDSHIP, "刘*"),
    "买买提·阿不都拉，残疾": (FindingKind.HARDSHIP, "买*"),
    "社区居民张红与失独家庭": (FindingKind.HARDSHIP, "张*"),
}
PASSES = (
    "咨询电话010-62880011或62880011转801",
    "热线12345、96156、400-810-0011",
    "统一社会信用代码91110105MA01ABCD2X",
    "统一社会信用代码91350100M000100Y43",
    "财政票据号1101060119、0012345678",
    "票据号6222021234567890128",
    "2026年11月22日 9:00-18:00，2026.11.22-2026.11.30",
    "1500 2000 300 元，合计¥12,345,678.90",
    "2024-2025年度第3期",
    "兴华路5号",
    "兴华路5号2号楼101室活动",
    "3号楼2单元加装电梯",
    "3号楼1-3单元",
    "2号楼120户居民",
    "2号楼101室社区服务站",
    "11月22号2楼201室开会",
    "糖尿病、低盐餐请说明。",
    "高血压患者安全管理",
    "困难家庭王某",
    "为独居老人安装扶手，时间安排在5月",
    "残疾人就业帮扶项目由社区党委实施，方便居民",
    "关注高龄老人、失能老人，安排志愿者",
    "王秀英获评优秀志愿者",
)


@pytest.mark.parametrize(("text", "found"), FOUND.items(), ids=FOUND)
def test_it_finds_what_belongs_to_a_person_and_shows_it_masked(text: str, found: tuple[FindingKind, str]) -> None:
    first = look_through(text, OFFICE)[0]
    assert (first.kind, first.excerpt) == found


@pytest.mark.parametrize("text", PASSES)
def test_it_lets_offices_figures_and_figures_of_speech_pass(text: str) -> None:
    assert look_through(text, OFFICE) == []


def test_it_tells_the_line_of_each_finding() -> None:
    found = look_through("通知\n联系 13812341234\n和 13912341234", Lists())
    assert [(finding.where, finding.excerpt) for finding in found] == [
        ("第2行", "138******34"),
        ("第3行", "139******34"),
    ]


def test_the_words_of_a_street_count_like_the_shipped_ones() -> None:
    text = "渐冻症患病家属周建华，每月探访"
    assert [len(look_through(text.replace("患病", ""), Lists.of(words=words))) for words in ((), ("渐冻症",))] == [0, 1]


def test_a_word_that_only_looks_like_a_name_may_be_declared() -> None:
    text = "残疾人向阳花，手工"
    assert [len(look_through(text, lists)) for lists in (Lists(), Lists.of(["向阳花"]))] == [1, 0]


def test_it_tells_at_most_fifty_findings_of_one_text() -> None:
    assert len(look_through("13812341234\n" * 80, Lists())) == 50


def test_it_knows_the_check_digits() -> None:
    assert (is_id_number("11010519491231002X"), is_id_number("110105194912310021")) == (True, False)
    assert (is_credit_code("91350100M000100Y43"), is_credit_code("91350100M000100Y44")) == (True, False)
    assert (passes_luhn("6222021234567890128"), passes_luhn("6222021234567890127")) == (True, False)
