"""Halting and resuming a project; breaking off stands beside, since it recovers money."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.apps.projects.lifecycle import PROJECTS
from linli.apps.projects.models import Project
from linli.kernel.errors import Refusal
from linli.kernel.scope import Actor


def suspend(project: Project, *, reason: str, actor: Actor | None, at: datetime | None = None) -> None:
    """Halt a project with the reason; its time lamp says so and nothing is paid until it goes on."""
    why = reason.strip()
    PROJECTS.apply("suspend", project, actor=actor, facts={"reason": why}, at=at, reason=why[:600])


def resume(
    project: Project,
    *,
    reason: str,
    actor: Actor | None,
    ends_on: date | None = None,
    at: datetime | None = None,
) -> None:
    """Go on with a halted project; ``ends_on`` moves its last day where the halt cost time."""
    why, until = reason.strip(), ends_on or project.ends_on
    if until < project.starts_on:
        raise Refusal(_("The last day comes after the first one."), field="ends_on")
    with transaction.atomic():
        facts = {"reason": why, **({"until": until} if ends_on else {})}
        PROJECTS.apply("resume", project, actor=actor, facts=facts, at=at, reason="", ends_on=until)
