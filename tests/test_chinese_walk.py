"""Pages in Chinese hold no Latin word outside a list, third-party texts included; English pages hold no gaps."""

import html
import re

import pytest
from django.test import Client

from linli.apps.people.models import User
from linli.apps.people.tests.factories import make_card, make_user
from linli.apps.places.tests.factories import District, make_district, make_houses
from linli.kernel import audit
from linli.kernel.jobs.worker import run_waiting
from linli.kernel.publication import PublicationState
from linli.kernel.scope import Role

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only, pytest.mark.slow]

ALLOWED = {
    "English", "Excel", "CSV", "csv", "PDF", "Word", "WPS", "xlsx", "xls", "ods", "QR", "API", "ID", "https", "HTTPS",
    "http", "Esc", "Enter", "Linli", "A", "B", "C", "K", "NF", "MB", "GB", "KB", "TOTP", "POST", "GET", "JSON", "URL",
    "GeoJSON", "Polygon", "MultiPolygon", "WGS", "GCJ",
}  # fmt: skip
"""Names of formats, keys and products that Chinese offices write in Latin letters, and the grades of sources."""

DATA = re.compile(
    r"user\d+|[\w.+-]+@[\w.-]+|https?://\S+|[0-9a-f]{8}-[0-9a-f-]{27}|[\w/.-]+/[\w/.-]*|[A-Z0-9]{18}|[A-Z2-7]{32}"
)
"""What people and machines entered: names of accounts, addresses, codes."""

PLAYGROUND = re.compile(r"Errand (news|duty)|rules §\d|groups:(read|write)|(read|write) groups")
"""What the suite's own playground adds to pages."""

SILENT = re.compile(r"<(script|style|svg|code|kbd|template)\b.*?</\1>|<!--.*?-->", re.DOTALL)
TAG = re.compile(r"<[^>]+>")
WORD = re.compile(r"[A-Za-z][A-Za-z]+")
HOVER = re.compile(r'(?:placeholder|aria-label|title|alt|data-confirm)="([^"]*)"')

PAGES = {
    "": ["/", "/feedback/", "/feedback/sent/", "/accounts/login/", "/no/such/page/", "/accounts/password/reset/"],
    Role.COMMUNITY_WORKER: [
        "/desk/", "/desk/cards/", "/desk/cards/new/", "{card}", "{card}edit/", "/desk/places/", "/desk/organizations/",
        "/desk/search/?q=养老", "/desk/search/?q=没有这样的事", "/desk/notices/", "/desk/jobs/", "/desk/calendar/",
        "/desk/api-tokens/", "/accounts/logout/", "/accounts/password/change/", "/accounts/2fa/", "/desk/audit/",
    ],
    Role.STREET_OFFICER: [
        "/desk/imports/", "/desk/imports/new/organizations.organization/", "/desk/imports/new/organizations.standing/",
        "/desk/organizations/new/", "/desk/honours/", "/desk/honours/new/", "/desk/facilities/",
        "/desk/facilities/new/", "/desk/partners/", "/desk/partners/new/",
        "/desk/estates/", "{community}", "{community}figures/", "{community}outline/", "{community}equipment/",
        "{community}found/", "{community}change/merge/", "{community}change/split/", "{community}estates/new/",
        "/desk/imports/new/places.change/",
    ],
    Role.SYSTEM_ADMINISTRATOR: [
        "/desk/posts/", "/desk/settings/", "/desk/settings/audit.retention_days/", "/desk/notices/outbox/",
        "/desk/webhooks/", "/desk/jobs/", "/accounts/2fa/totp/activate/",
    ],
    Role.AUDIT_ADMINISTRATOR: ["/desk/audit/", "/desk/feedback/"],
}  # fmt: skip


def words_of(page: str) -> set[str]:
    """Latin words of two letters or more that a reader sees, hears or meets on hovering."""
    body = page[page.index("<title") :]
    bare = SILENT.sub(" ", body)
    seen = " ".join([*HOVER.findall(bare), TAG.sub(" ", bare)])
    return set(WORD.findall(PLAYGROUND.sub(" ", DATA.sub(" ", html.unescape(seen))))) - ALLOWED


@pytest.fixture
def here() -> District:
    return make_district()


def _client(role: str, here: District) -> tuple[Client, User | None]:
    client = Client(headers={"accept-language": "zh-CN"})
    if not role:
        return client, None
    places = {Role.COMMUNITY_WORKER: here.community, Role.STREET_OFFICER: here.street}
    user = make_user(Role(role), places.get(Role(role), here.district))
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": 4_000_000_000}]
    session.save()
    return client, user


@pytest.mark.parametrize(("role", "address"), [(role, address) for role, found in PAGES.items() for address in found])
def test_it_speaks_chinese(role: str, address: str, here: District) -> None:
    client, user = _client(role, here)
    if role == Role.COMMUNITY_WORKER:
        card = make_card(here.community, PublicationState.DRAFT, author=user)
        address = address.replace("{card}", f"/desk/cards/{card.pk}/")
    if role == Role.AUDIT_ADMINISTRATOR:
        make_card(here.community, PublicationState.PUBLIC)
    if "{community}" in address:
        make_houses(here.community)
        address = address.replace("{community}", f"/desk/places/{here.community.pk}/")
    run_waiting()
    answer = client.get(address, follow=True)
    assert answer["Content-Type"].startswith("text/html")
    assert words_of(answer.content.decode()) == set()


def test_it_finds_a_latin_word_where_there_is_one() -> None:
    assert words_of("<title>页</title><p title='x'>请点 Submit</p><script>let it = 1</script>") == {"Submit"}


def test_it_names_every_action_in_chinese() -> None:
    own = [action for action in audit.actions() if not action.name.startswith("playground.")]
    assert [action.name for action in own if WORD.search(str(action.title))] == []
