"""A later decision on an award is followed by its project: another amount, or a halt where support was taken back."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.apps.projects.models import UNDER_WAY, Project, ProjectState
from linli.apps.projects.permissions import keeps_projects
from linli.apps.projects.services.keeping import require
from linli.apps.projects.services.state import suspend
from linli.apps.rounds.models import Award, Decision, DecisionLine
from linli.kernel.audit import in_chinese
from linli.kernel.events import record
from linli.kernel.scope import Actor


def follow_decision(decision: Decision, *, actor: Actor | None, at: datetime | None = None) -> list[Project]:
    """The projects under way whose awards the decision ended: each rests on the award that stands now, with its money.

    Where none stands the project is halted, so that nothing more is paid until somebody breaks it off. Said twice,
    followed once.
    """
    followed = []
    for line in DecisionLine.objects.filter(decision=decision, ended__isnull=False).select_related("ended"):
        project = Project.objects.filter(award=line.ended, state__in=UNDER_WAY).first()
        if project is None:
            continue
        require(keeps_projects, actor, project)
        with transaction.atomic():
            followed += [project] if _follow(project, line, actor=actor, at=at) else []
    return followed


def _follow(project: Project, line: DecisionLine, *, actor: Actor | None, at: datetime | None) -> bool:
    minutes = line.decision.minutes_number
    award = Award.objects.filter(line=line).first()
    if award is None:
        if project.state == ProjectState.SUSPENDED:
            return False
        told = {"minutes": minutes, "reason": line.reason}
        sentence = in_chinese(_("Support was taken back by the decision %(minutes)s: %(reason)s")) % told
        suspend(project, reason=sentence, actor=actor, at=at)
        return True
    before = project.amount
    project.award, project.amount, project.commitment = award, award.amount, award.commitment
    project.save(update_fields=["award", "amount", "commitment"])
    facts = {"minutes": minutes, "before": before, "amount": award.amount}
    record("projects.project.follow", project, actor=actor, facts=facts, at=at)
    return True
