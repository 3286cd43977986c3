"""Papers: the slip with its questions, the doors it is brought to, the table of rates."""

from typing import Any

import pypdfium2 as pdfium
import pytest
import zxingcpp

from linli.apps.surveys import queries, services
from linli.apps.surveys.tables import door_list, heading, rate_table, slip_papers
from linli.apps.surveys.tests.factories import NOW, Street
from linli.kernel.documents import print_paper

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]


def _text(page: Any) -> str:
    return "".join(page.get_textpage().get_text_bounded().split())


def pages(pdf: bytes) -> list[tuple[str, tuple[int, int]]]:
    """(text without blanks, width and height in millimetres) of each page."""
    with pdfium.PdfDocument(pdf) as paper:
        return [(_text(page), tuple(round(edge / 72 * 25.4) for edge in page.get_size())) for page in paper]


def code_in(pdf: bytes) -> str:
    """What the QR of the first page says."""
    with pdfium.PdfDocument(pdf) as paper:
        return str(zxingcpp.read_barcode(paper[0].render(scale=2).to_pil()).text)


def test_a_slip_is_one_a5_page_with_its_questions_and_its_code() -> None:
    street = Street()
    survey = street.draft()
    group = services.add_group(survey, name="参加者", count=2, actor=None, at=NOW)
    pdf = slip_papers(group, ["ABCDEFGH", "JKMNPQRS"], "https://linli.example/answer/?code=")
    (first, size), (second, _size) = pages(pdf)

    assert (size, code_in(pdf)) == ((148, 210), "https://linli.example/answer/?code=ABCDEFGH")
    assert ("ABCD-EFGH" in first, "JKMN-PQRS" in second, "JKMN" in first) == (True, True, False)
    assert all(
        word in first for word in ("总的来说，您对这个项目满意吗？", "槐荫社区", "南里社区", "很不满意", "不记名")
    )


def test_the_longest_questionnaire_that_ships_fits_one_page_and_a_longer_one_bears_its_code_on_each() -> None:
    street = Street()
    for count in (1, 2):
        survey = street.draft(template="service", subjects=street.projects[:count])
        group = services.add_group(survey, name="人", count=1, actor=None, at=NOW)
        found = pages(slip_papers(group, ["ABCDEFGH"], "https://linli.example/answer/?code="))
        assert (len(found), ["ABCD-EFGH" in text for text, _size in found]) == (count, [True] * count)


def test_the_doors_name_no_code_and_no_person() -> None:
    survey = Street().draft()
    (stratum, _other) = services.draw_sample(survey, size=6, seed=3, actor=None, at=NOW)
    ((text, _size),) = pages(door_list(stratum))

    assert text.count("1号楼1") == stratum.asked == 4
    assert "随机种子3" in text


@pytest.mark.parametrize("title", ["口袋花园中期", "口袋花园中期满意度", "口袋花园中期满意度调查"])
def test_the_heading_of_the_table_says_satisfaction_once(title: str) -> None:
    assert heading(title) == "口袋花园中期满意度调查统计表"


def test_the_table_has_a_line_a_project_and_way_and_says_which_strata_were_put_together() -> None:
    street = Street()
    survey = street.draft(openly=True)
    strata = services.draw_sample(survey, size=9, seed=7, actor=None, at=NOW)
    codes = [services.issue_slips(one, actor=None, at=NOW) for one in strata]
    services.open(survey, actor=None, at=NOW)
    for code in [*codes[0], codes[1][0]]:
        answers = {"1_q1": 5, "2_q1": 3, "q2": "多办几次"}
        services.answer(survey, code=code, answers=answers, at=NOW, in_presence=code == codes[0][0])
    services.answer_openly(survey, answers={"1_q1": 1, "2_q1": 0}, at=NOW)
    services.close(survey, actor=None, at=NOW)
    first, by_link, second, _other = queries.table(survey)
    ((text, _size),) = pages(print_paper(rate_table(survey)))

    assert first == (
        "槐荫社区", "抽样", 9, 7, "77.8%", 7, 7, 0, 0, 0, 0, 0, "100.0%（n=7）", "64.6%—100.0%", 1, "多办几次（7）",
    )  # fmt: skip
    assert (by_link[1], by_link[2:6], by_link[12]) == ("自愿填答", ("—", 1, "—", 1), "0.0%（n=1）")
    assert second[12] == "0.0%（n=7）"
    assert "已合并：1号楼＋2号楼" in text
