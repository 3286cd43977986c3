"""Notices for tests, drawn up and signed by three people through the verbs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from tests.support.remembering import remembered

from linli.apps.people.models import User
from linli.apps.people.tests.factories import make_user
from linli.apps.places.models import Place
from linli.apps.publicity import services
from linli.apps.publicity.models import PublicNotice
from linli.apps.publicity.services import Line, NoticeText
from linli.kernel import publication
from linli.kernel.refs import Ref, new_key, ref_of
from linli.kernel.scope import Role

TEXT = NoticeText(
    title="2026年公益创投立项公示", office="清河里街道纪检监察办公室", phones="010-62880011", address="清河里大街1号",
)  # fmt: skip
LINES = (
    Line("银龄助餐", "槐荫社区", "暖邻社会工作服务中心", Decimal("80000.00")),
    Line("楼门议事", "南里社区", "南里社区居民委员会", Decimal("20000.50")),
)


@dataclass(frozen=True)
class Three:
    """Author, checker, signer of a street."""

    author: User
    checker: User
    signer: User


@remembered
def make_three(street: Place) -> Three:
    return Three(
        make_user(Role.STREET_OFFICER, street, password=None),
        make_user(Role.SECTION_HEAD, street, password=None),
        make_user(Role.LEADER, street, password=None),
    )


@remembered
def make_notice(place: Place, *, lines: Sequence[Line] = LINES, actor: Any = None, **given: Any) -> PublicNotice:
    """A draft."""
    text, kind = given.pop("text", TEXT), given.pop("kind", "result")
    subject, grounds = given.pop("subject", ref_of(place)), given.pop("grounds", Ref("places.place", new_key()))
    return services.draw_up(
        subject=subject, grounds=grounds, kind=kind, text=text, place=place, lines=lines, actor=actor, **given
    )


def show(notice: PublicNotice, three: Three, at: datetime | None = None) -> PublicNotice:
    """Submit, check and sign the notice off: its period begins at ``at``."""
    when = at or timezone.now()
    publication.submit(notice, actor=three.author, at=when)
    publication.check(notice, actor=three.checker, at=when)
    publication.sign_off(notice, actor=three.signer, at=when)
    notice.refresh_from_db()
    return notice
