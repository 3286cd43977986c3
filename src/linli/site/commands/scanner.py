"""``linli files watch FOLDER --place CODE``: what a scanner drops comes into the inbox of a place."""

import signal
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from linli.apps.places.models import Place


def arguments(parser: ArgumentParser) -> None:
    """The words of the command."""
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    watch = verbs.add_parser("watch", help="take in what a scanner drops into a folder")
    watch.add_argument("folder", type=Path, help="the folder the scanner writes to")
    watch.add_argument("--place", required=True, help="whose inbox: the code or the name of a community or street")
    watch.add_argument("--every", type=float, default=2.0, help="seconds between two looks (default: 2)")
    watch.add_argument("--once", action="store_true", help="take what is there now, and end")


def run(options: Namespace) -> None:
    """Watch until asked to stop (SIGTERM, Ctrl-C). Raises Trouble."""
    from linli.kernel.files.scans import Tray
    from linli.kernel.files.scans.folder import SETTLED, Drop, watch  # needs Django

    place = _place(options.place)
    if not options.folder.is_dir():
        raise _no_folder(options.folder)
    drop = Drop(options.folder, Tray(place.pk, place.name, place.street_id))
    stop = Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda _number, _frame: stop.set())
    if options.once:
        drop.open()
        for seconds in (SETTLED + 0.1, 0):
            for sentence in drop.look():
                _say(sentence)
            stop.wait(seconds)
    else:
        watch(drop, every=options.every, say=_say, stop=stop)


def _say(sentence: str) -> None:
    sys.stdout.write(sentence + "\n")
    sys.stdout.flush()


def _no_folder(folder: Path) -> Exception:
    from django.utils.translation import gettext as _

    from linli.site.troubles import Trouble

    return Trouble(_("There is no folder %(name)s.") % {"name": folder})


def _place(word: str) -> "Place":
    """The place in force of this code, or the only one of this name. Raises Trouble."""
    from django.db.models import Q
    from django.utils.translation import gettext as _

    from linli.apps.places.models import Place
    from linli.site.troubles import Trouble

    found = list(Place.objects.filter(Q(code=word) | Q(name=word), valid_to__isnull=True)[:2])
    if len(found) != 1:
        raise Trouble(_("There is no place %(name)s, or several: give its code.") % {"name": word})
    return found[0]
