"""The board, the published figures and the papers, each with the figures of the rows behind them."""

import io
from datetime import date

import pytest
from django.test import Client
from docx import Document

from linli.apps.needs.models import DailySum, Need
from linli.apps.needs.queries.facts import bounds
from linli.apps.needs.queries.forecast import expect, outlook, windows
from linli.apps.needs.queries.reporting import report, span_of
from linli.apps.needs.tests.test_counting import DAY, make_week
from linli.apps.people.tests.factories import make_user
from linli.apps.places.models import Place
from linli.apps.places.tests.factories import make_district
from linli.kernel.scope import Role

pytestmark = pytest.mark.django_db
ASKED = f"since={DAY.isoformat()}&until={DAY.isoformat()}"


def words(body: bytes) -> str:
    paper = Document(io.BytesIO(body))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([one.text for one in paper.paragraphs] + cells)


def test_the_board_shows_rates_with_their_number_and_never_mixes_sources(client: Client) -> None:
    here = make_week()
    client.force_login(make_user(Role.STREET_OFFICER, here.street))

    own = client.get(f"/desk/needs/board/?{ASKED}").text
    tickets = client.get(f"/desk/needs/board/?{ASKED}&source=official&by=category").text

    assert ("75.0%" in own, "4件中3件" in own, "自测" in own) == (True, True, True)
    assert ("50.0%" in tickets, "2件中1件" in tickets, "不是市民热线的数字" in tickets) == (True, True, False)


def test_an_empty_board_says_what_to_do(client: Client) -> None:
    here = make_district()
    client.force_login(make_user(Role.COMMUNITY_WORKER, here.community))

    assert "这段时间没有受理诉求" in client.get("/desk/needs/board/?since=xx&until=2020-13-01").text


def test_the_board_takes_a_fixed_number_of_queries(client: Client, django_assert_max_num_queries: object) -> None:
    here = make_week()
    client.force_login(make_user(Role.STREET_OFFICER, here.street))
    client.get("/desk/needs/board/")

    with django_assert_max_num_queries(45):  # type: ignore[operator]  # a fixture without a type
        client.get(f"/desk/needs/board/?{ASKED}&by=month")


def test_everybody_reads_the_figures_without_small_numbers(client: Client) -> None:
    make_week()

    page = client.get("/needs/figures/?month=2026-04").text

    assert ("件数较少，不单独公布" in page, "口径第1版" in page, "槐荫社区" in page) == (True, True, True)


def test_the_daily_paper_says_the_figures_of_the_rows(client: Client) -> None:
    here = make_week()
    client.force_login(make_user(Role.STREET_OFFICER, here.street))

    answer = client.get(f"/desk/needs/board/{here.street.pk}/day/?day={DAY.isoformat()}")
    text = words(b"".join(answer.streaming_content))

    begins, ends = bounds(DAY)
    own = Need.objects.filter(received_at__gte=begins, received_at__lt=ends).exclude(channel="ticket").count()
    assert (f"本期受理{own}件" in text, "本期受理2件" in text, "口径第1版" in text) == (True, True, True)


def test_a_stranger_gets_no_paper_of_the_street(client: Client) -> None:
    here = make_district()
    client.force_login(make_user(Role.STREET_OFFICER, here.neighbour_street))

    assert client.get(f"/desk/needs/board/{here.street.pk}/month/").status_code == 404
    assert client.get(f"/desk/needs/board/{here.street.pk}/decade/").status_code == 404


def test_a_report_compares_with_the_day_before_and_a_year_before() -> None:
    here = make_week()
    found = report(Place.objects.get(pk=here.street.pk), span_of("day", DAY), today=DAY)

    assert [(one.official, one.now.received, one.before.received) for one in found.sources] == [
        (True, 2, 0),
        (False, 5, 0),
    ]


@pytest.mark.sqlite_only
def test_a_forecast_is_the_mean_of_earlier_seasons_at_this_years_level() -> None:
    expected, low, high = expect([10, 14], level=1.5)

    assert (expected, round(low, 2), round(high, 2)) == (18.0, 9.48, 26.52)
    assert expect([10], level=9.0)[0] == 20.0
    assert windows(date(2026, 7, 6))[0] == (date(2025, 7, 7), date(2025, 8, 3))


def test_nothing_is_forecast_from_less_than_a_year() -> None:
    make_week()

    assert outlook(DailySum.objects.order_by(), begins_on=date(2026, 5, 1)) == []
