"""What residents send in themselves: words or a voice, pictures, a place; danger is heard at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.apps.needs.models import Channel, Need
from linli.apps.needs.services.analysing import join
from linli.apps.needs.services.receiving import receive
from linli.apps.needs.services.shape import Received
from linli.kernel import files
from linli.kernel.errors import Refusal, TooMany
from linli.kernel.refs import ref_of
from linli.kernel.scope import Actor

MOST_PHOTOS = 9
LONGEST_VOICE = 60
SLACK = 2.0
"""Seconds by which a recorder may stop late."""
SPOKEN = "语音留言（请先听录音，再把要点写成文字）"
"""Stands for the words until somebody has listened."""


@dataclass(frozen=True)
class Report:
    """What somebody sent; ``given`` is handed to :func:`receive` as it is."""

    matter: str
    channel: str
    given: dict[str, Any]
    photos: Sequence[IO[bytes]] = ()
    voice: IO[bytes] | None = None
    same_as: UUID | None = None


def check_photos(photos: Sequence[Any]) -> None:
    """Refuse more pictures than are looked at. Raises TooMany."""
    if len(photos) > MOST_PHOTOS:
        sentence = _("You chose %(count)d photos; at most %(most)d can be sent. Choose the clearest ones.")
        raise TooMany(sentence % {"count": len(photos), "most": MOST_PHOTOS}, field="photos", code="too-many-photos")


def check_voice(voice: IO[bytes]) -> None:
    """Refuse what is no speech, or longer than a minute. Raises Refusal."""
    seconds = files.seconds_of(voice, files.content_type_of(voice))
    if seconds is not None and seconds > LONGEST_VOICE + SLACK:
        sentence = _("The recording is %(seconds)d seconds long; at most 60 can be sent. Record it again, shorter.")
        raise TooMany(sentence % {"seconds": round(seconds)}, field="voice", code="too-long")


def report(sent: Report, *, actor: Actor | None, at: datetime | None = None) -> Received:
    """Receive it with its pictures and its voice, and listen for danger. Raises Refusal; then nothing is kept."""
    check_photos(sent.photos)
    if sent.voice is not None:
        check_voice(sent.voice)
    if not sent.matter.strip() and sent.voice is None:
        raise Refusal(_("Say what it is about."), field="matter")
    with transaction.atomic():
        received = receive(
            matter=sent.matter.strip() or SPOKEN, channel=Channel(sent.channel), files=sent.photos, actor=actor, at=at,
            **sent.given,
        )  # fmt: skip
        if sent.voice is not None:
            files.keep(sent.voice, accept=files.VOICE, owner=ref_of(received.need), actor=actor, at=at)
        if sent.same_as is not None:
            _follow_together(received.need, sent.same_as, at)
    return received


def _follow_together(need: Need, same: UUID, at: datetime | None) -> None:
    """The resident says that it is the same: it is joined, unless the other was finished meanwhile."""
    into = Need.objects.filter(pk=same, street=need.street).first()
    if into is None:
        return
    try:
        with transaction.atomic():
            join(need, into=into, actor=None, at=at)
    except Refusal:
        return  # it stays a need of its own
    need.refresh_from_db()
