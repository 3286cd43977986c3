"""A sub-task: given, answered, looked at and settled, or sent back; taken back while nobody settled it.

open -> answered -> done          answered -> open          open, answered -> dropped
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.apps.needs.models.subtask import SubTask, SubTaskState
from linli.apps.needs.permissions import answers_sub_tasks, keeps_sub_tasks
from linli.kernel.errors import Refusal
from linli.kernel.lifecycle import Lifecycle, Transition

OPEN, ANSWERED = SubTaskState.OPEN, SubTaskState.ANSWERED


def has_answer(task: SubTask, facts: Mapping[str, Any]) -> Refusal | None:
    return None if facts.get("answer") else Refusal(_("Say what was done."), field="text")


def has_reason(task: SubTask, facts: Mapping[str, Any]) -> Refusal | None:
    return None if facts.get("reason") else Refusal(_("Say why."), field="reason")


REASON = {"reason": _("reason")}
SUB_TASKS = Lifecycle(
    "needs.sub_task",
    SubTaskState,
    (
        Transition(
            "answer", (OPEN,), ANSWERED, answers_sub_tasks, title=_("Answer the sub-task"),
            told=_("answered the sub-task"), guards=(has_answer,), words={"answer": _("answer")},
        ),
        Transition(
            "settle", (ANSWERED,), SubTaskState.DONE, keeps_sub_tasks, title=_("Settle it"),
            told=_("settled the sub-task"),
        ),
        Transition(
            "send_back", (ANSWERED,), OPEN, keeps_sub_tasks, title=_("Send it back"),
            told=_("sent the sub-task back"), guards=(has_reason,), words=REASON,
        ),
        Transition(
            "drop", (OPEN, ANSWERED), SubTaskState.DROPPED, keeps_sub_tasks, title=_("Take the sub-task back"),
            told=_("took the sub-task back"), guards=(has_reason,), words=REASON, weighty=True,
        ),
    ),
    title=_("Sub-task"),
)  # fmt: skip
