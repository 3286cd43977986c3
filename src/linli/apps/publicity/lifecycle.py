"""An objection is answered once, with a consequence that everybody above hears.

open -> answered      set_aside: nothing changes · amend: the notice is put right · uphold: back to the decision

The notice itself: prepared -> running (its publication is signed off) -> closed (the period over, all answered);
running -> prepared when it is withdrawn or its text changes: the period then begins anew.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.apps.publicity import permissions as who
from linli.apps.publicity.models import Objection, ObjectionState
from linli.kernel.audit import Keep
from linli.kernel.errors import Refusal
from linli.kernel.lifecycle import Lifecycle, Transition


def has_answer(objection: Objection, facts: Mapping[str, Any]) -> Refusal | None:
    if facts.get("answer"):
        return None
    return Refusal(_("Write the answer: it goes into the report on the notice."), field="answer")


def _answer(name: str, title: Any, told: Any) -> Transition:
    return Transition(
        name,
        (ObjectionState.OPEN,),
        ObjectionState.ANSWERED,
        who.answers,
        title=title,
        told=told,
        guards=(has_answer,),
        keep=Keep.FOR_EVER,
        words={"answer": _("answer")},
    )


OBJECTIONS = Lifecycle(
    "publicity.objection",
    ObjectionState,
    (
        _answer("set_aside", _("Answer: no change"), _("answered the objection; nothing changes")),
        _answer("amend", _("Answer: the notice is amended"), _("answered the objection; the notice is amended")),
        _answer("uphold", _("Uphold: back to the decision"), _("upheld the objection; it goes back to the decision")),
    ),
    title=_("Objection to a public notice"),
)
