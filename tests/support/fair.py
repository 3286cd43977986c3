"""A review of two panels for a journey, made and planned by the verbs in a site's own home; prints its key."""

import subprocess
import sys
from pathlib import Path

from tests.support.sites import ROOT, site_environment


def make_planned_fair(home: Path) -> str:
    """Prepare it in the site of ``home``; returns the key of the session."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.fair"],
        env=site_environment(home), cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    return done.stdout.splitlines()[-1]


def main() -> None:
    import django

    django.setup()
    from datetime import time

    from linli.apps.places.models import Place
    from linli.apps.reviews import services
    from linli.apps.reviews.models import Conditions
    from linli.apps.reviews.tests.factories import DAY, make_fair

    fair = make_fair(Place.objects.get(name="临湖街道"))
    services.plan_timetable(fair.session, asked=Conditions((DAY,), time(9), time(12), 20, 10), actor=None)
    print(fair.session.pk)  # read by the process that asked


if __name__ == "__main__":
    main()
