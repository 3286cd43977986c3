"""Putting many accepted files before a closing review at once: into one panel, one a class, or spread evenly."""

from collections.abc import Callable, Iterable, Sequence

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from linli.apps.projects.models import ClosingFile, ReviewEntry
from linli.apps.projects.services.closing.reviewing import enter_closing
from linli.apps.reviews import services as reviews
from linli.apps.reviews.models import Panel, ReviewSession
from linli.apps.reviews.services.entries import Paper
from linli.kernel.errors import Refusal
from linli.kernel.scope import Actor

NUMBERS = "一二三四五六七八九十"
MOST_GROUPS = len(NUMBERS)


class Grouping(models.TextChoices):
    PANEL = "panel", _("All before the panel chosen below")
    KIND = "kind", _("A panel for each class of project")
    GROUPS = "groups", _("Spread evenly over groups")


def names_for(files: Sequence[ClosingFile], by: str, *, groups: int = 1) -> list[str]:
    """The name of the panel of each file, in their order; pure.

    A class gives its Chinese name; groups take the files in turn, so that their sizes differ by one at most.
    """
    if by == Grouping.KIND:
        with override("zh-hans"):
            return [str(one.project.get_kind_display()) for one in files]
    return [f"第{NUMBERS[place % groups]}组" for place in range(len(files))]


def enter_many(
    files: Sequence[ClosingFile],
    *,
    session: ReviewSession,
    by: str,
    actor: Actor | None,
    panel: Panel | None = None,
    groups: int = 1,
    papers_of: Callable[[ClosingFile], Iterable[Paper]] = lambda _file: (),
) -> list[ReviewEntry]:
    """Enter every file; panels that are not there yet are added under the name of the class or group. All or none.

    Raises Refusal without a file, without the panel chosen, or for more than ten groups.
    """
    if not files:
        raise Refusal(_("Choose at least one project."), field="projects")
    if by == Grouping.PANEL and panel is None:
        raise Refusal(_("Choose the panel."), field="panel")
    if not 1 <= groups <= MOST_GROUPS:
        raise Refusal(_("Give between one and ten groups."), field="groups")
    with transaction.atomic():
        known = {one.name: one for one in session.panels.all()}
        rows = []
        for file, name in zip(files, names_for(files, by, groups=groups), strict=True):
            chosen = panel if by == Grouping.PANEL else known.get(name)
            if chosen is None:
                chosen = known[name] = reviews.add_panel(session, name=name, actor=actor)
            rows.append(enter_closing(file, session=session, panel=chosen, papers=papers_of(file), actor=actor))
    return rows
