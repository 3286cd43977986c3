"""What each tab of a project's page shows."""

from typing import Any

from django.utils import timezone

from linli.apps.activities.queries import dates_held, goods_about, plannable_places
from linli.apps.ledger.queries import (
    expenditures_of,
    expenditures_visible_to,
    paid_under,
    spendable_by,
    spending_of,
)
from linli.apps.projects import queries
from linli.apps.projects.lifecycle import CHANGES
from linli.apps.projects.models import (
    ChangeRequest,
    MidTerm,
    Outcome,
    ProgressReport,
    Project,
    Recovery,
    SupervisionVisit,
    TaskTeam,
    TeamGrowth,
)
from linli.apps.projects.permissions import APPROVERS, keeps_pages, recovers_pages, tends_pages, visits_pages
from linli.apps.projects.queries.closing.files import photos_of
from linli.apps.projects.queries.closing.history import history_of
from linli.apps.projects.queries.lamps import TABS as BEHIND
from linli.apps.projects.views.titles import TITLES
from linli.kernel import files
from linli.kernel.contributions import page_parts
from linli.kernel.files import photos
from linli.kernel.refs import Ref, ref_of
from linli.kernel.scope import Actor
from linli.kernel.ui.acting import story


def of_tab(tab: str, row: Project, actor: Actor) -> dict[str, Any]:
    """The context of one tab."""
    return {
        "plan": _plan, "money": _money, "results": _results, "visits": _visits, "reports": _reports,
        "changes": _changes, "story": _story,
    }.get(tab, _overview)(row, actor)  # fmt: skip


def _overview(row: Project, actor: Actor) -> dict[str, Any]:
    shown = queries.lamps([row], day=timezone.localdate())[row.pk]
    return {
        "lamps": [{"lamp": lamp, "title": TITLES[name], "tab": BEHIND[name]} for name, lamp in shown.items()],
        "groups": row.target_groups.all(),
        "partners": row.partners.all(),
        "parts": page_parts("projects.project", actor=actor, record=row),
    }


def _plan(row: Project, actor: Actor) -> dict[str, Any]:
    steps = queries.milestones_of(row)
    wanted = [ref_of(one) for step in steps for one in step.evidence.all()]
    given: dict[Ref, list[Any]] = {}
    for stored in files.StoredFile.objects.filter(
        owner_kind="projects.evidence", owner_id__in=[ref.id for ref in wanted]
    ).order_by("id"):
        given.setdefault(Ref(stored.owner_kind, stored.owner_id), []).append(stored)
    return {
        "steps": [
            {"row": step, "evidence": [(one, given.get(ref_of(one), [])) for one in step.evidence.all()]}
            for step in steps
        ],
        "bands": queries.indicator_bands([row]).get(row.pk, []),
        "today": timezone.localdate(),
        "may_keep": keeps_pages(actor, row),
    }


def _money(row: Project, actor: Actor) -> dict[str, Any]:
    if row.commitment is None:
        return {}
    rows = expenditures_of(row.commitment)
    return {
        "spending": spending_of(row.commitment),
        "paid": paid_under(row.commitment),
        "expenditures": rows[:50],
        "open_to_me": set(expenditures_visible_to(actor, rows).values_list("pk", flat=True)),
        "may_spend": spendable_by(actor).filter(pk=row.commitment.pk).exists(),
        "may_budget": keeps_pages(actor, row) and not row.commitment.lines.exists(),
    }


def _results(row: Project, actor: Actor) -> dict[str, Any]:
    ref = ref_of(row)
    return {
        "ref": ref,
        "tiles": photos.grid(ref, actor=actor),
        "elsewhere": photos_of(row).exclude(owner_id=row.pk).count(),
        "held": queries.held_for(row),
        "dates": dates_held(subjects=[ref]).select_related("activity").order_by("-starts")[:8],
        "goods": goods_about(ref)[:8],
        "may_plan": plannable_places(actor).filter(pk=row.place_id).exists(),
        "outcomes": Outcome.objects.filter(project=row),
        "growth": TeamGrowth.objects.filter(project=row),
        "teams": TaskTeam.objects.filter(project=row).prefetch_related("parts"),
    }


def _visits(row: Project, actor: Actor) -> dict[str, Any]:
    return {
        "visits": SupervisionVisit.objects.filter(project=row).prefetch_related("findings"),
        "may_visit": visits_pages(actor, row),
        "today": timezone.localdate(),
    }


def _reports(row: Project, actor: Actor) -> dict[str, Any]:
    midterm = MidTerm.objects.filter(project=row).prefetch_related("marks").first()
    return {
        "reports": ProgressReport.objects.filter(project=row),
        "midterm": midterm,
        "may_keep": keeps_pages(actor, row),
    }


def _changes(row: Project, actor: Actor) -> dict[str, Any]:
    changes = ChangeRequest.objects.filter(project=row).prefetch_related("lines", "targets__indicator")
    return {
        "changes": [
            {
                "row": one,
                "answers": one.state == "asked" and APPROVERS[one.band](actor, row) and one.asked_by != actor.actor_id,
                "verbs": [verb.name for verb in CHANGES.offered(actor, one)],
            }
            for one in changes
        ],
        "recovery": Recovery.objects.filter(project=row).first(),
        "may_recover": recovers_pages(actor, row),
        "may_ask": tends_pages(actor, row),
    }


def _story(row: Project, actor: Actor) -> dict[str, Any]:
    return {"story": story(history_of(row))}
