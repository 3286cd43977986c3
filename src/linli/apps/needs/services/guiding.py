"""《民生事务一本通》: the guides of a street, one matter each, and the word that is given once."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from linli.apps.needs.models import Guide, LifeStage
from linli.apps.needs.permissions import keeps_rules
from linli.apps.needs.services.keeping import require, said
from linli.apps.places.models import Place
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.events import record
from linli.kernel.scope import Actor

MOST_PAPERS = 30


@dataclass(frozen=True)
class GuideText:
    """What a guide says; ``bring`` has a paper a line."""

    stage: str
    title: str
    bring: str
    where: str
    about: str = ""
    hours: str = ""
    takes: str = ""
    is_shown: bool = True


@transaction.atomic
def write_guide(
    text: GuideText, *, place: Place, actor: Actor | None, guide: Guide | None = None, at: datetime | None = None
) -> Guide:
    """Write a guide of a street, or ``guide`` anew. Raises Refusal, Conflict for a title the street has already."""
    row = guide or Guide(place=place, version=0)
    require(keeps_rules, actor, row)
    papers = [line.strip() for line in text.bring.splitlines() if line.strip()]
    if len(papers) > MOST_PAPERS:
        raise Refusal(_("At most 30 papers. Whoever needs more reads no list."), field="bring")
    row.stage, row.title = LifeStage(text.stage), said(text.title, "title", _("Say what it is about."), most=60)
    row.bring = said("\n".join(papers), "bring", _("Say what to bring; “nothing” is an answer, too."), most=2000)
    row.where = said(text.where, "where", _("Say where to go."), most=120)
    row.about, row.hours, row.takes, row.is_shown = text.about, text.hours, text.takes, text.is_shown
    row.version += 1
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise Conflict(_("The street has a guide of this title already."), field="title") from error
    record("needs.guide.write", row, actor=actor, facts={"title": row.title}, at=at)
    return row
