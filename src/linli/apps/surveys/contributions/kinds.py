"""The kind of record surveys keep, and the names of what is done to it. Answers are no records and leave no trace."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linli.apps.surveys import queries
from linli.apps.surveys.models import Survey
from linli.kernel.audit import Keep, register_action
from linli.kernel.refs import Kind, register

COUNT, GROUP = _("number of slips"), _("group")
ACTIONS: tuple[tuple[str, Any, dict[str, Any]], ...] = (
    ("draft", _("drafted the survey"), {"title": _("title"), "subjects": _("what it is about")}),
    ("edit", _("corrected the survey"), {"title": _("title")}),
    ("ask", _("changed the questions"), {"questions": _("questions")}),
    ("prolong", _("moved the last day"), {"until": _("last day")}),
    ("drop", _("threw a draft of a survey away"), {"title": _("title")}),
    (
        "draw", _("drew the sample"),
        {"asked": _("households asked"), "strata": _("groups"), "seed": _("seed"), "layers": _("sample")},
    ),
    ("add_group", _("added a group that gets slips"), {"name": GROUP, "count": COUNT}),
    ("drop_group", _("took a group away"), {"name": GROUP}),
    (
        "ask_by", _("changed how households are asked"),
        {"name": GROUP, "by": _("way of asking"), "count": _("households")},
    ),
    ("issue_slips", _("printed slips of the survey"), {"name": GROUP, "count": COUNT}),
    ("settle", _("settled a paper that was typed differently"), {}),
    ("type_again", _("threw the typings of a paper away"), {}),
)  # fmt: skip


class SurveyRows(Kind):
    """Surveys with their place, which tells the street."""

    def rows(self) -> Any:
        return super().rows().select_related("place")


def contribute() -> None:
    """Make the kind and the actions known."""
    register(
        SurveyRows(
            "surveys.survey", Survey, _("Survey"), lambda rows, actor: queries.visible_to(actor, rows),
            address=lambda row: reverse("surveys:survey", args=[row.pk]), street=lambda row: row.place.street_id,
        )
    )  # fmt: skip
    for name, title, words in ACTIONS:
        register_action(f"surveys.survey.{name}", title, keep=Keep.FOR_EVER, words=words)
