"""Writing what a project is held to: milestones of its class, indicators, target groups, partners."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.apps.projects.kinds import classes, due_of
from linli.apps.projects.models import (
    Evidence,
    Milestone,
    Partner,
    Project,
    ProjectIndicator,
    TargetGroup,
)
from linli.apps.projects.permissions import tends
from linli.apps.projects.services.keeping import once_each, require, require_under_way, said
from linli.apps.projects.services.shape import GroupText, IndicatorText, PartnerText
from linli.kernel.errors import Refusal
from linli.kernel.events import record
from linli.kernel.scope import Actor

TWICE = _("Each of them is named once.")


def plan_milestones(project: Project) -> None:
    """The milestones of its class with the evidence each requires, in place of none."""
    for number, step in enumerate(classes()[project.kind], start=1):
        due = due_of(step, project.starts_on, project.ends_on)
        row = Milestone(project=project, number=number, code=step.code, title=step.title, due=due)
        row.save(force_insert=True)
        Evidence.objects.bulk_create(
            Evidence(milestone=row, number=place, code=code, title=title)
            for place, (code, title) in enumerate(step.evidence, start=1)
        )


def write_indicators(project: Project, indicators: Sequence[IndicatorText]) -> None:
    """Indicators in place of those before. Refuses a name twice, and a target that is where it began."""
    once_each((one.name.strip() for one in indicators), "indicators", TWICE)
    for one in indicators:
        said(one.name, "indicators", _("Name every indicator."))
        if one.target == one.baseline or min(one.target, one.baseline) < 0:
            sentence = _("“%(name)s” needs a target that differs from its baseline; neither is below zero.")
            raise Refusal(sentence % {"name": one.name}, field="indicators")
    project.indicators.all().delete()
    ProjectIndicator.objects.bulk_create(
        ProjectIndicator(
            project=project, number=number, name=one.name.strip()[:80], baseline=one.baseline, target=one.target,
            unit=one.unit.strip()[:12], due=one.due or project.ends_on, counted=one.counted,
        )
        for number, one in enumerate(indicators, start=1)
    )  # fmt: skip


def write_groups(project: Project, groups: Sequence[GroupText]) -> None:
    """Target groups in place of those before."""
    once_each((one.name.strip() for one in groups), "groups", TWICE)
    for one in groups:
        if one.age_from is not None and one.age_to is not None and one.age_to < one.age_from:
            raise Refusal(_("The ages of a group run upwards."), field="groups")
    project.target_groups.all().delete()
    TargetGroup.objects.bulk_create(
        TargetGroup(
            project=project, name=said(one.name, "groups", _("Name every target group."))[:120], count=one.count,
            source=one.source.strip()[:120], age_from=one.age_from, age_to=one.age_to,
        )
        for one in groups
    )  # fmt: skip


def write_partners(project: Project, partners: Sequence[PartnerText]) -> None:
    """Partners in place of those before; an organization stands under the name of the register."""
    names = [one.organization.name if one.organization else one.name.strip() for one in partners]
    once_each(names, "partners", TWICE)
    project.partners.all().delete()
    Partner.objects.bulk_create(
        Partner(
            project=project, kind=one.kind, name=said(name, "partners", _("Name every partner."))[:120],
            organization=one.organization, gives=one.gives.strip()[:200],
        )
        for name, one in zip(names, partners, strict=True)
    )  # fmt: skip


def set_groups(
    project: Project, groups: Sequence[GroupText], *, actor: Actor | None, at: datetime | None = None
) -> None:
    """Say whom the project is for."""
    require(tends, actor, project)
    require_under_way(project)
    with transaction.atomic():
        write_groups(project, groups)
        record("projects.project.set_groups", project, actor=actor, facts={"count": len(groups)}, at=at)


def set_partners(
    project: Project, partners: Sequence[PartnerText], *, actor: Actor | None, at: datetime | None = None
) -> None:
    """Say who else takes part, and with what."""
    require(tends, actor, project)
    require_under_way(project)
    with transaction.atomic():
        write_partners(project, partners)
        record("projects.project.set_partners", project, actor=actor, facts={"count": len(partners)}, at=at)
