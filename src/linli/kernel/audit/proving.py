"""What ``linli audit`` does, in lines for the terminal."""

import sys
from argparse import Namespace
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from linli.kernel.audit import forwarding
from linli.kernel.audit.checking import latest_anchors, mirror, outside, verify, write_anchors
from linli.kernel.audit.models import ChainHead
from linli.kernel.errors import Refusal


def run(options: Namespace) -> int:
    """Anchor, verify or forward: 1 where a chain is not whole, or not sent. Raises Refusal for what is not set up."""
    if options.verb == "forward":
        return _forward()
    return _anchor(options.folder) if options.verb == "anchor" else _verify(options.folder)


def _anchor(folder: Path | None) -> int:
    try:
        write_anchors()
        if folder is not None:
            mirror(folder)
    except OSError as error:
        sentence = _("The anchors cannot be written to %(folder)s. Those of the house stand.")
        raise Refusal(sentence % {"folder": error.filename or folder}) from error
    for chain, anchor in latest_anchors().items():
        sys.stdout.write(f"{anchor['day']} {chain} {anchor['number']} {anchor['digest']} {anchor['mac']}\n")
    return 0


def _forward() -> int:
    if not settings.LINLI_SYSLOG:
        raise Refusal(_("No collector is named. Set LINLI_SYSLOG, such as tls://logs.example.org:6514"))
    done = forwarding.forward(most=sys.maxsize)
    left = sum(forwarding.waiting().values())
    sys.stdout.write(_("%(rows)s rows were sent, %(left)s wait.") % {"rows": done.rows, "left": left} + "\n")
    if done.trouble:
        said = _("The collector %(host)s did not take the rest: %(trouble)s")
        sys.stdout.write(said % {"host": settings.LINLI_SYSLOG["host"], "trouble": done.trouble} + "\n")
    return int(bool(left))


def _verify(folder: Path | None) -> int:
    if folder is not None and not folder.is_dir():
        raise Refusal(_("There is no folder %(folder)s.") % {"folder": folder})
    beside = [*outside(), *([folder] if folder else [])]
    chains = ChainHead.objects.order_by("chain").values_list("chain", flat=True)
    reports = [verify(chain, beside=beside) for chain in chains]
    for report in reports:
        for problem in report.problems:
            words = {"chain": report.chain, "number": problem.number, "sentence": problem.sentence}
            sys.stdout.write(_("%(chain)s, row %(number)s: %(sentence)s") % words + "\n")
    broken = sum(not report.whole for report in reports)
    counts = {
        "chains": len(reports), "rows": sum(report.rows for report in reports), "broken": broken,
        "anchors": sum(report.anchors for report in reports),
    }  # fmt: skip
    said = _("%(chains)s chains, %(rows)s rows, %(anchors)s anchors: everything is whole.")
    if broken:
        said = _("%(broken)s of %(chains)s chains are not whole. Keep the database as it is and ask the auditor.")
    sys.stdout.write(said % counts + "\n")
    return int(bool(broken))
