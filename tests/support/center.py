"""The center for journeys, made by the verbs in a site's own home: an organization twice below the line."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.support.sites import ROOT, site_environment

CLUB = "暖邻社会工作服务中心"
LOW = "0"


@dataclass(frozen=True)
class Falling:
    """The organization, and its last settled month, which still stands above the line."""

    organization: str
    sheet: str


def make_falling(home: Path) -> Falling:
    """Bring the two months before the last settled one below the line, in the site of ``home``."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.center"],
        env=site_environment(home), cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    return Falling(**json.loads(done.stdout.splitlines()[-1]))


def main() -> None:
    import django

    django.setup()
    from django.utils.translation import override

    with override("zh-hans"):
        made = _make()
    print(json.dumps(vars(made)))  # read by the process that asked


def _make() -> Falling:
    from decimal import Decimal

    from linli.apps.incubation import services
    from linli.apps.incubation.models import MonthSheet

    last, *two = MonthSheet.objects.filter(organization__name=CLUB).order_by("-month")[:3]
    for sheet, codes in [(last, ["party"]), *((one, ["party", "desk"]) for one in reversed(two))]:
        for code in codes:
            services.correct_mark(sheet, code=code, mark=Decimal(LOW), reason="台账与实际不符", actor=None)
    return Falling(str(last.organization_id), str(last.pk))


if __name__ == "__main__":
    main()
