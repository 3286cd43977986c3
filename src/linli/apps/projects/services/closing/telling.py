"""What is told afterwards: prizes with their honour, coverage, stories, the year's summary, the public page."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.organizations import services as organizations
from linli.apps.organizations.models import HonourLevel
from linli.apps.projects.models import (
    Coverage,
    CoverageKind,
    Prize,
    ProgrammeSummary,
    Project,
    ProjectStory,
    Showcase,
)
from linli.apps.projects.permissions import keeps_projects, tends
from linli.apps.projects.queries.closing.files import facts_of, figures_of, photos_of
from linli.apps.projects.services.keeping import has_come, require, said
from linli.apps.rounds.models import Programme
from linli.kernel import publication
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.events import record
from linli.kernel.scope import Actor


def give_prize(
    project: Project,
    *,
    title: str,
    year: int,
    given_on: date,
    actor: Actor | None,
    number: str = "",
    at: datetime | None = None,
) -> Prize:
    """A title of the year; whoever carried the project out bears it in the register of honours too."""
    require(keeps_projects, actor, project)
    has_come(given_on, at, "given_on")
    name = said(title, "title", _("Give the honour a title."))[:80]
    bearer: dict[str, Any] = {"organization": project.bearer, "place": project.bearer_place}
    prize = Prize(
        project=project, title=name, year=year, given_on=given_on, number=number.strip()[:60],
        holder=str(project.carried_by)[:120],
    )  # fmt: skip
    try:
        with transaction.atomic():
            prize.save(force_insert=True)
            prize.honour = organizations.add_honour(
                title=f"{name}（{project.title}）"[:80], level=HonourLevel.STREET, year=year,
                given_by=project.street.name, actor=actor, at=at, **bearer,
            )  # fmt: skip
            prize.save(update_fields=["honour"])
            facts = {"title": name, "year": year, "name": prize.holder}
            record("projects.project.prize", project, actor=actor, facts=facts, at=at)
    except IntegrityError:
        raise Conflict(_("This project has this honour of this year already.")) from None
    return prize


@transaction.atomic
def register_coverage(
    project: Project,
    *,
    kind: str,
    outlet: str,
    title: str,
    on: date,
    actor: Actor | None,
    address: str = "",
    at: datetime | None = None,
) -> Coverage:
    """A report of the media, or a recognition by an authority."""
    require(tends, actor, project)
    has_come(on, at, "on")
    row = Coverage.objects.create(
        project=project, kind=CoverageKind(kind), on=on, address=address.strip()[:300],
        outlet=said(outlet, "outlet", _("Name the medium or authority."))[:80],
        title=said(title, "title", _("Give the title."))[:120],
    )  # fmt: skip
    _touch_showcase(project, actor, at)
    facts = {"name": row.outlet, "title": row.title, "day": on}
    record("projects.project.coverage", project, actor=actor, facts=facts, at=at)
    return row


def _touch_showcase(project: Project, actor: Actor | None, at: datetime | None) -> None:
    """What is public of the project changes: its check begins anew."""
    shown = Showcase.objects.filter(project=project).first()
    if shown is not None:
        publication.changed(shown, actor=actor, at=at)


@transaction.atomic
def write_story(
    project: Project,
    *,
    title: str,
    text: str,
    unit: str,
    author: str,
    actor: Actor | None,
    at: datetime | None = None,
) -> ProjectStory:
    """A story with its unit and author (A16)."""
    require(tends, actor, project)
    row = ProjectStory.objects.create(
        project=project, title=said(title, "title", _("Give the story a title."))[:80],
        text=said(text, "text", _("Write the story."))[:8000], unit=said(unit, "unit", _("Name the unit."))[:80],
        author=said(author, "author", _("Name the author."))[:40], written_at=at or timezone.now(),
    )  # fmt: skip
    record("projects.project.story", project, actor=actor, facts={"title": row.title, "name": row.unit}, at=at)
    return row


@transaction.atomic
def write_summary(
    programme: Programme,
    *,
    year: int,
    actor: Actor | None,
    at: datetime | None = None,
    **sections: str,
) -> ProgrammeSummary:
    """The four sections of a programme's year: overview, delivery, growth, outlook; replaced when written again."""
    row, _made = ProgrammeSummary.objects.get_or_create(
        programme=programme, year=year, defaults={"written_at": at or timezone.now()}
    )
    require(keeps_projects, actor, row)
    for name in ("overview", "delivery", "growth", "outlook"):
        if name in sections:
            setattr(row, name, sections[name].strip()[:4000])
    row.written_at = at or timezone.now()
    row.save()
    record("projects.summary.write", row, actor=actor, facts={"year": year}, at=at)
    return row


@transaction.atomic
def write_showcase(
    project: Project,
    *,
    title: str,
    text: str,
    actor: Actor | None,
    before: UUID | None = None,
    after: UUID | None = None,
    at: datetime | None = None,
) -> Showcase:
    """The page for everybody: texts, two pictures of the project, figures as they stand; then check and sign-off.

    Written again, its check begins anew. Raises Refusal for a picture that is not the project's.
    """
    require(tends, actor, project)
    known = set(photos_of(project).filter(pk__in=[one for one in (before, after) if one]).values_list("pk", flat=True))
    if {one for one in (before, after) if one} - known:
        raise Refusal(_("Choose pictures of this project."), field="before")
    columns = {
        "title": said(title, "title", _("Give the page a title."))[:80],
        "text": said(text, "text", _("Write what was achieved."))[:4000],
        "before": before, "after": after, "figures": figures_of(project, facts_of(project)),
        "written_at": at or timezone.now(),
    }  # fmt: skip
    row, made = Showcase.objects.update_or_create(project=project, defaults=columns)
    if made:
        publication.begin(row, actor=actor, at=at)
    else:
        publication.changed(row, actor=actor, at=at)
    record("projects.showcase.write", row, actor=actor, facts={"title": row.title}, at=at)
    return row
