"""``linli room export|serve|import``: a laptop plays a review in a hall without internet, and brings it home once.

``serve`` starts a Linli of its own in a folder of its own, on SQLite, and leaves the house's settings aside.
"""

import getpass
import os
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from linli.apps.people.models import User
    from linli.apps.reviews.models import ReviewSession, RoomTrip

PASSPHRASE = "LINLI_ROOM_PASSPHRASE"  # noqa: S105  # the name of a variable
OF_THE_HOUSE = ("DATABASE_URL", "LINLI_KEYS", "LINLI_S3_BUCKET", "LINLI_HOSTS", "LINLI_ORIGINS", "DJANGO_SECRET_KEY")
"""What tells a house where its things are; none of it is meant for the laptop's own Linli."""


def arguments(parser: ArgumentParser) -> None:
    """The words of the three verbs."""
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    export = verbs.add_parser("export", help="in the house: take a review out; on the laptop: write the file back")
    export.add_argument("session", nargs="?", default="", help="room code or id (on the laptop: its only review)")
    export.add_argument("--to", type=Path, required=True, help="the file to write")
    export.add_argument("--passphrase", default="", help="opens the file on the laptop (default: one is made)")
    export.add_argument("--by", default="", help="user name of whoever takes it out; works at the laptop's desk")
    export.add_argument("--typist", default="", help="user name of the second person who types paper sheets there")
    export.add_argument("--folder", type=Path, default=None, help="on the laptop: where it was served")
    serve = verbs.add_parser("serve", help="on the laptop: play the review of a file on this network")
    serve.add_argument("file", type=Path, help="the file that came out of the house")
    serve.add_argument("--folder", type=Path, default=None, help="keeps the review (default: beside the file)")
    serve.add_argument("--passphrase", default="", help=f"default: {PASSPHRASE}, or asked for, once")
    serve.add_argument("--port", type=int, default=8000, help="default: 8000")
    serve.add_argument("--local", action="store_true", help="this machine only, no phones")
    take_in = verbs.add_parser("import", help="in the house: take the laptop's file in, once")
    take_in.add_argument("file", type=Path, help="the file the laptop wrote")
    take_in.add_argument("--by", default="", help="user name of whoever takes it in")


def run(options: Namespace) -> int | None:
    """Run one verb; its exit code. Raises Trouble, Refusal."""
    verb = {"export": export, "serve": serve, "import": bring_home}[options.verb]
    if options.verb == "serve":
        _leave_the_house(options.folder or options.file.with_name(f"{options.file.name}.played"))
    elif options.verb == "export" and options.folder is not None:
        _leave_the_house(options.folder)
    from linli.site.cli import stand_ready

    stand_ready()
    from linli.kernel.scope.sources import Door, Source, coming_through  # needs Django

    with coming_through(Source(Door.COMMAND, f"linli room {options.verb}")):
        return verb(options)


def _leave_the_house(folder: Path) -> None:
    """From now on this process, and those it starts, know the laptop's own Linli alone."""
    for name in OF_THE_HOUSE:
        os.environ.pop(name, None)
    os.environ["LINLI_HOME"] = str(folder.resolve())
    if os.environ.get("DJANGO_SETTINGS_MODULE", "").endswith("production"):
        os.environ["DJANGO_SETTINGS_MODULE"] = "linli.site.settings.base"


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _opened(path: Path) -> IO[bytes]:
    """The file for reading. Raises Trouble."""
    from django.utils.translation import gettext as _

    from linli.site.troubles import Trouble

    try:
        return path.open("rb")
    except OSError as error:
        raise Trouble(_("The file %(name)s cannot be read.") % {"name": path}) from error


def _account(username: str) -> "User | None":
    """The account of this user name; None for no name. Raises Trouble."""
    from django.utils.translation import gettext as _

    from linli.apps.people.models import User
    from linli.site.troubles import Trouble

    if not username:
        return None
    user = User.objects.filter(username__iexact=username, is_active=True).first()
    if user is None:
        raise Trouble(_("There is no account named %(name)s.") % {"name": username})
    return user


def _session(word: str) -> "ReviewSession":
    """The review of a code or id; without a word the only one there is. Raises Trouble."""
    from uuid import UUID

    from django.utils.translation import gettext as _

    from linli.apps.reviews.models import ReviewSession
    from linli.kernel.slips.codes import tidy
    from linli.site.troubles import Trouble

    rows = ReviewSession.objects.select_related("place", "rubric__rubric")
    try:
        rows = rows.filter(pk=UUID(word)) if word else rows
    except ValueError:
        rows = rows.filter(code=tidy(word))
    found = list(rows[:2])
    if len(found) != 1:
        raise Trouble(_("There is no such review. Name it by its room code, as it stands on its page."))
    return found[0]


def export(options: Namespace) -> None:
    """In the house the file that goes out; where a review is played, the file that goes back."""
    from linli.apps.reviews.models import TripState
    from linli.apps.reviews.services import trip_of

    session = _session(options.session)
    trip = trip_of(session)
    if trip is not None and trip.state == TripState.HERE:
        _write_back(session, options)
    else:
        _write_out(session, trip, options)


def _write_out(session: "ReviewSession", trip: "RoomTrip | None", options: Namespace) -> None:
    from django.utils.translation import gettext as _

    from linli.apps.reviews import services

    given = options.passphrase or os.environ.get(PASSPHRASE, "")
    passphrase = services.check_passphrase(given or services.suggested_passphrase())
    actor = _account(options.by)
    with _written(options.to) as file:
        if trip is None:
            trip = services.send_out(session, actor=actor, typist=_account(options.typist))
        trip.session = session
        services.write_out(trip, file, passphrase=passphrase, actor=actor)
    _say(_("%(title)s is out: %(file)s") % {"title": session.title, "file": options.to})
    if not given:
        _say(_("Passphrase: %(passphrase)s (write it down, it is kept nowhere)") % {"passphrase": passphrase})
    _say(_("On the laptop: linli room serve %(file)s") % {"file": options.to.name})


def _write_back(session: "ReviewSession", options: Namespace) -> None:
    from django.utils.translation import gettext as _

    from linli.apps.reviews import services

    with _written(options.to) as file:
        services.hand_back(session, file, actor=None)
    _say(_("In the house: linli room import %(file)s") % {"file": options.to.name})


def _written(path: Path) -> "Draft":
    return Draft(path)


class Draft:
    """A file that stands whole, or not at all: written beside its place and put there when everything went well."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.draft = path.with_name(f"{path.name}.part")

    def __enter__(self) -> IO[bytes]:
        self.file = os.fdopen(os.open(self.draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")
        return self.file

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        self.file.close()
        if kind is None:
            self.draft.replace(self.path)
        else:
            self.draft.unlink(missing_ok=True)


def bring_home(options: Namespace) -> None:
    """Take the laptop's file in."""
    from django.utils.translation import gettext as _

    from linli.apps.reviews import services

    with _opened(options.file) as file:
        session = services.take_in(file, actor=_account(options.by))
    words = {"title": session.title, "state": session.get_state_display()}
    _say(_("%(title)s is home; it stands at “%(state)s”.") % words)


def serve(options: Namespace) -> int:
    """A Linli of its own for one review, until it is stopped; started again, it goes on where it was."""
    from linli.apps.reviews.models import RoomTrip, TripState
    from linli.site.commands import up
    from linli.site.commands.setup import prepare

    host = "127.0.0.1" if options.local else "0.0.0.0"  # noqa: S104  # phones on this network come in
    up.check_server()
    up.check_port(host, options.port)
    passphrase = "" if Path(os.environ["LINLI_HOME"], "linli.sqlite3").exists() else _passphrase(options)
    prepare()
    if not RoomTrip.objects.filter(state=TripState.HERE).exists():
        _arrive(options, passphrase or _passphrase(options))
    trip = RoomTrip.objects.select_related("session__place").get(state=TripState.HERE)
    address = f"http://{'127.0.0.1' if options.local else up.lan_address()}:{options.port}"
    lines = _lines(trip, address)
    ways = {"tls": False, "demo": False, "processes": 1, "threads": 8, "workers": 1}
    given = Namespace(host=host, port=options.port, lan=not options.local, **ways)
    return up.run(given, announce=lambda _options: _announce(f"{address}/room/{trip.session.code}/", lines))


def _passphrase(options: Namespace) -> str:
    """The passphrase that opens the file, tried before anything is made. Raises Trouble, Refusal."""
    from django.utils.translation import gettext as _

    from linli.apps.reviews.services import parcels

    passphrase = options.passphrase or os.environ.get(PASSPHRASE, "")
    if not passphrase and sys.stdin.isatty():
        passphrase = getpass.getpass(_("Passphrase: "))
    with _opened(options.file) as file:
        parcels.opened(file).key_by(passphrase)
    return str(passphrase)


def _arrive(options: Namespace, passphrase: str) -> None:
    """Put the review there; a folder that holds another Linli is left alone. Raises Trouble, Refusal."""
    from django.utils.translation import gettext as _

    from linli.apps.places.models import Place
    from linli.apps.reviews import services
    from linli.site.troubles import Trouble

    if Place.objects.exists():
        raise Trouble(_("This folder holds a house already. Choose an empty one: --folder"))
    with _opened(options.file) as file:
        services.arrive(file, passphrase=passphrase)


def _lines(trip: "RoomTrip", address: str) -> list[str]:
    """What the operator reads: the room, its seats with their PINs, the desk, how to end."""
    from django.utils.translation import gettext as _

    from linli.apps.reviews import services
    from linli.kernel.slips.codes import show

    session = trip.session
    back = services.file_name(session, "back")
    return [
        session.title,
        _("Room: %(address)s") % {"address": f"{address}/room/{session.code}/"},
        _("Room code: %(code)s") % {"code": show(session.code)},
        *(f"  {duty} {name}  PIN {pin}" for duty, name, pin in services.pins_of(session)),
        _("Desk (paper sheets, recusals, closing): %(address)s") % {"address": f"{address}/desk/reviews/{session.pk}/"},
        *(f"  {name}  {username} / {password}" for name, username, password in services.desk_of(trip)),
        _("When the review is closed: linli room export --folder %(folder)s --to %(file)s")
        % {"folder": os.environ["LINLI_HOME"], "file": back},
        _("Stop with Ctrl-C. The same words start it again where it stood."),
    ]


def _announce(address: str, lines: list[str]) -> None:
    """Say it, with the room's address as a code for phones."""
    import segno

    for line in lines[:2]:
        _say(line)
    segno.make(address, error="m").terminal(out=sys.stdout, compact=True)
    for line in lines[2:]:
        _say(line)
