"""A contest for journeys, made by the verbs in a site's own home: three accepted proposals before seven judges."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.support.sites import ROOT, site_environment

if TYPE_CHECKING:
    from datetime import datetime

    from linli.apps.rounds.models import Proposal, Round

JUDGES = "赵钱孙李周吴郑"
ASKED = {"一": "4000.00", "二": "5000.00", "三": "3000.00"}
FUND, POT = "春风里创投资金", 8000
RECUSED = ("李某", "二号项目")


@dataclass(frozen=True)
class Contest:
    """A running review of seven judges and three entries: the room's code, the PIN of each seat by its holder, keys."""

    code: str
    pins: dict[str, str]
    round: str
    session: str
    panel: str


def make_contest(home: Path) -> Contest:
    """Prepare it in the site of ``home``: the judge of ``RECUSED`` does not judge that entry."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.contest"],
        env=site_environment(home), cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    return Contest(**json.loads(done.stdout.splitlines()[-1]))


def main() -> None:
    import django

    django.setup()
    from django.utils.translation import override

    with override("zh-hans"):
        made = _make()
    print(json.dumps(vars(made)))  # read by the process that asked


def _make() -> Contest:
    """The verbs, from the call sixty days ago to the PINs."""
    from datetime import timedelta

    from django.utils import timezone

    from linli.apps.ledger.tests.factories import make_fund
    from linli.apps.places.models import Place
    from linli.apps.reviews import services
    from linli.apps.reviews.models import SeatPass
    from linli.apps.reviews.services import room
    from linli.apps.reviews.tests.factories import make_review
    from linli.apps.rounds.tests.factories import make_programme, make_round
    from linli.kernel.refs import ref_of

    began = timezone.now() - timedelta(days=60)
    street = Place.objects.get(name="临湖街道")
    intake = make_round(make_programme(street, "春风里公益创投"), "contest", at=began, sealed=False)
    review = make_review(street, judges=len(JUDGES), entries=0)
    for proposal in _proposals(intake, began):
        entry = services.enter(
            review.session, title=proposal.title, subject=ref_of(proposal), panel=review.panel, actor=None
        )
        if entry.title == RECUSED[1]:
            judge = review.judges[JUDGES.index(RECUSED[0][0])]
            row = services.declare_recusal(judge, entry=entry, fact="曾任该社理事", actor=None)
            services.confirm_recusal(row, reason="属实", actor=None)
    review.start()
    room.issue_pins(review.session, actor=None)
    make_fund(street, POT, name=FUND)
    passes = SeatPass.objects.filter(session=review.session).select_related("seat")
    pins = {one.seat.name: room.pin_of(one) for one in passes}
    return Contest(review.session.code, pins, str(intake.pk), str(review.session.pk), str(review.panel.pk))


def _proposals(intake: "Round", began: "datetime") -> "list[Proposal]":
    """One of each organization, handed in and accepted."""
    from datetime import timedelta

    from linli.apps.organizations.services import check_digit
    from linli.apps.organizations.tests.factories import make_organization
    from linli.apps.places.models import Place
    from linli.apps.rounds.services import submit
    from linli.apps.rounds.tests.factories import accepted, fill, start

    community, rows = Place.objects.get(name="南里社区"), []
    for number, (name, asked) in enumerate(ASKED.items(), 1):
        head = f"52990101MJ00990{number:02}"
        code = head + check_digit(head)
        body = make_organization(community, f"{name}号服务中心", credit_code=code)
        proposal = fill(start(intake, community, body, title=f"{name}号项目", at=began), asked=asked, at=began)
        submit(proposal, actor=None, at=began)
        rows.append(accepted(proposal, at=began + timedelta(days=20)))
    return rows


if __name__ == "__main__":
    main()
