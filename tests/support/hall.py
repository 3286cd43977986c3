"""A hall for journeys, made by the verbs in a site's own home: ``python -m tests.support.hall`` prints it as JSON."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.support.sites import ROOT, site_environment


@dataclass(frozen=True)
class Hall:
    """A running review of four judges and two entries: the room's code, and the PIN of each seat by its holder."""

    code: str
    pins: dict[str, str]


def make_hall(home: Path) -> Hall:
    """Prepare a review in the site of ``home``: the fourth judge is recused from the first entry."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.hall"],
        env=site_environment(home), cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return Hall(**json.loads(done.stdout.splitlines()[-1]))


def main() -> None:
    import django

    django.setup()
    from django.utils.translation import override

    from linli.apps.places.models import Place
    from linli.apps.reviews import services
    from linli.apps.reviews.models import SeatPass
    from linli.apps.reviews.services import room
    from linli.apps.reviews.tests.factories import NOW, make_review

    with override("zh-hans"):
        review = make_review(Place.objects.get(name="临湖街道"), judges=4)
        row = services.declare_recusal(review.judges[3], entry=review.entries[0], fact="曾任该社理事", actor=None)
        services.confirm_recusal(row, reason="属实", actor=None, at=NOW)
        review.start()
        room.issue_pins(review.session, actor=None)
    passes = SeatPass.objects.filter(session=review.session).select_related("seat")
    pins = {one.seat.name: room.pin_of(one) for one in passes}
    print(json.dumps({"code": review.session.code, "pins": pins}))  # read by the process that asked


if __name__ == "__main__":
    main()
