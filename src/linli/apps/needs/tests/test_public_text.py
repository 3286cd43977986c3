"""What is published of a need is redacted, shown to staff first, and gone in one action."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from linli.apps.needs import queries, services
from linli.apps.needs.models import Need, PublicText, Sensitivity
from linli.apps.needs.tests.factories import make_category, receive_need
from linli.apps.needs.tests.staff import Street, make_street
from linli.kernel.errors import NotAllowed, Refusal

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]
SAID = "业主何素芬住2号楼3单元502，电话13800010001，说京A12345占着消防通道。"
CLEAN = "业主某某住2号楼，电话〔隐去〕，说〔隐去〕占着消防通道。"


def make_said(street: Street) -> Need:
    return receive_need(street.here.community, matter=SAID, category=street.roads, at=timezone.now()).need


def described(need: Need) -> str | None:
    rows = Client().get("/open311/v2/requests.json").json()
    found: str | None = next(row for row in rows if row["service_request_id"] == str(need.pk)).get("description")
    return found


def test_staff_read_the_redacted_words_before_everybody_does() -> None:
    street = make_street()
    need, client = make_said(street), Client()
    client.force_login(street.officer)
    address = reverse("needs:do", args=[need.pk, "show"])
    assert (CLEAN in client.get(address).content.decode(), described(need)) == (True, None)
    assert client.post(address, {"text": CLEAN}).status_code == 302
    row = PublicText.objects.get(need=need)
    assert (described(need), row.checked_by) == (CLEAN, street.officer.pk)
    assert client.post(reverse("needs:do", args=[need.pk, "hide"]), {"reason": "当事人要求"}).status_code == 302
    assert described(need) is None


@pytest.mark.parametrize("words", [SAID, "请打13800010001", "京A12345占道", "何素芬反映占道", "2号楼3单元502漏水"])
def test_what_still_names_somebody_is_not_shown(words: str) -> None:
    street = make_street()
    need = make_said(street)
    with pytest.raises(Refusal):
        services.show_text(need, text=words, actor=street.officer)
    assert described(need) is None


def test_only_whoever_dispatches_shows_and_nothing_sensitive_is_shown() -> None:
    street = make_street()
    need = make_said(street)
    with pytest.raises(NotAllowed):
        services.show_text(need, text=CLEAN, actor=street.worker)
    services.show_text(need, text=CLEAN, actor=street.officer)
    kind = make_category("0901", sensitivity=Sensitivity.DISPUTE)
    Need.objects.filter(pk=need.pk).update(category=kind, sensitivity=kind.sensitivity)
    assert Client().get("/open311/v2/requests.json").json() == []


def test_a_neighbour_reads_the_words_that_were_shown() -> None:
    street = make_street()
    need = make_said(street)
    services.show_text(need, text=CLEAN, actor=street.officer)
    told = queries.neighbours_said(SAID, street.here.community)
    assert [CLEAN in one.words for one in told if one.pk == need.pk] == [True]
