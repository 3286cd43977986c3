"""Who did what, when, to which record: one row a verb, chained so that tampering shows."""

from typing import TYPE_CHECKING

from linli.kernel import lazily
from linli.kernel.audit.actions import Action, Amount, Keep, Word, action_named, actions, register_action

if TYPE_CHECKING:
    from linli.kernel.audit.checking import Problem, Report, verify, write_anchors
    from linli.kernel.audit.editing import changes, in_chinese, seen, told, words_of
    from linli.kernel.audit.facts import Change, Personal
    from linli.kernel.audit.reading import Entry, entries, timeline
    from linli.kernel.audit.recording import record
    from linli.kernel.audit.retention import seal_away
else:
    __getattr__ = lazily(
        __name__,
        checking="Problem Report verify write_anchors",
        editing="changes in_chinese seen told words_of",
        facts="Change Personal",
        reading="Entry entries timeline",
        recording="record",
        retention="seal_away",
    )

__all__ = [
    "Action",
    "Amount",
    "Change",
    "Entry",
    "Keep",
    "Personal",
    "Problem",
    "Report",
    "Word",
    "action_named",
    "actions",
    "changes",
    "entries",
    "in_chinese",
    "record",
    "register_action",
    "seal_away",
    "seen",
    "timeline",
    "told",
    "verify",
    "words_of",
    "write_anchors",
]
