"""Which phases a round has and which doors stand open at a moment."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.rounds.models import Phase, Round, RoundState
from linli.kernel.errors import Refusal

DOORS = {
    "idea": _("handing in ideas"),
    "coach": _("coaching"),
    "propose": _("handing in proposals"),
    "resubmit": _("handing in again what was sent back"),
    "check": _("the first check"),
    "joint": _("the joint review"),
    "review": _("the review"),
    "choose": _("the residents' choice"),
    "decide": _("the decision"),
    "publish": _("the public notice"),
    "sign": _("signing"),
    "file": _("filing with the district"),
    "approve": _("the reply"),
    "carry_out": _("carrying out"),
}


class DoorClosed(Refusal):
    """The phase that opens this door is not running; what was written is kept."""

    default_code = "phase-closed"


def phases_of(intake: Round) -> list[Phase]:
    """The phases of a round in their order. One query."""
    return list(Phase.objects.filter(round=intake).order_by("order"))


def running(phases: Iterable[Phase], at: datetime) -> list[Phase]:
    """Those that run at the moment ``at``."""
    return [phase for phase in phases if phase.is_open(at)]


def open_doors(intake: Round, at: datetime, phases: Iterable[Phase] | None = None) -> set[str]:
    """What the running phases allow; nothing while the round itself is not running."""
    if intake.state != RoundState.OPEN:
        return set()
    known = phases_of(intake) if phases is None else phases
    return {door for phase in running(known, at) for door in phase.opens}


def door_phase(phases: Iterable[Phase], door: str, at: datetime) -> Phase | None:
    """The phase of a door that matters at ``at``: the running one, else the next, else the last there was."""
    with_door = [phase for phase in phases if door in phase.opens and not phase.skipped and phase.opens_at]
    ahead = [phase for phase in with_door if phase.is_open(at) or (phase.opens_at and at < phase.opens_at)]
    return ahead[0] if ahead else with_door[-1] if with_door else None


def require_door(intake: Round, door: str, *, at: datetime) -> None:
    """Refuse while ``door`` is closed, with a sentence that says since or until when. Raises DoorClosed."""
    phases = phases_of(intake)
    if door in open_doors(intake, at, phases):
        return
    what = DOORS[door]
    phase = door_phase(phases, door, at)
    if intake.state != RoundState.OPEN or phase is None or phase.opens_at is None:
        raise DoorClosed(_("“%(round)s” is not open for %(what)s.") % {"round": intake.title, "what": what})
    if at < phase.opens_at:
        raise DoorClosed(
            _("“%(phase)s” opens on %(moment)s. What you wrote is kept.")
            % {"phase": phase.title, "moment": _moment(phase.opens_at)}
        )
    raise DoorClosed(
        _("“%(phase)s” closed on %(moment)s. What you wrote is kept; only an access code of the street opens it again.")
        % {"phase": phase.title, "moment": _moment(phase.closes_at)}
    )


def _moment(at: datetime | None) -> str:
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M") if at else ""
