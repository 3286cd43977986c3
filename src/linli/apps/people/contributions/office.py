"""What terms, substitutes, absences, handovers and skills add: kinds and actions."""

from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linli.apps.people import queries
from linli.apps.people.models import Absence, Handover, Office, Post, Skill, Substitute
from linli.kernel.audit import Keep, register_action
from linli.kernel.refs import Kind, register


class With(Kind):
    """A kind whose rows are read together with what their label and street need."""

    joined: tuple[str, ...] = ()

    def rows(self) -> Any:
        return super().rows().select_related(*self.joined)


class OfficeRows(With):
    joined = ("place",)


class SubstituteRows(With):
    joined = ("deputy", "post__user", "post__place", "post__organization__place")


class AbsenceRows(With):
    joined = ("user",)


class HandoverRows(With):
    joined = ("giver", "taker", "post__place", "post__organization__place")


class SkillRows(With):
    joined = ("user",)


def street_of_post(post: Post) -> UUID | None:
    """The street a post belongs to."""
    place = post.place or (post.organization.place if post.organization else None)
    return place.street_id if place else None


def _to(route: str) -> Any:
    return lambda _row: reverse(route)


def register_office() -> None:
    """Called once, when the house starts."""
    register(
        OfficeRows(
            "people.office",
            Office,
            _("Title of an office"),
            lambda rows, actor: queries.offices_visible_to(actor, rows),
            address=_to("people:offices"),
            street=lambda office: office.place.street_id,
        )
    )
    register(
        SubstituteRows(
            "people.substitute",
            Substitute,
            _("Substitute"),
            lambda rows, actor: queries.substitutes_visible_to(actor, rows),
            address=lambda row: reverse("people:post", args=[row.post_id]),
            street=lambda row: street_of_post(row.post),
        )
    )
    register(
        AbsenceRows(
            "people.absence",
            Absence,
            _("Absence"),
            lambda rows, actor: queries.absences_visible_to(actor, rows),
            address=_to("people:absences"),
        )
    )
    _handovers_and_skills()
    _actions()


def _handovers_and_skills() -> None:
    register(
        HandoverRows(
            "people.handover",
            Handover,
            _("Handover slip"),
            lambda rows, actor: queries.handovers_visible_to(actor, rows),
            address=lambda row: reverse("people:handover", args=[row.pk]),
            street=lambda row: street_of_post(row.post),
        )
    )
    register(
        SkillRows(
            "people.skill",
            Skill,
            _("Skill"),
            lambda rows, actor: queries.skills_visible_to(actor, rows),
            address=_to("people:skills"),
        )
    )


def _actions() -> None:
    day = {"day": _("day")}
    register_action(
        "people.post.set_term",
        _("set the term of the post"),
        words={"term": _("term runs until")},
    )
    register_action(
        "people.office.rename",
        _("renamed the office"),
        words={"role": _("role"), "title": _("title of the office"), **day},
    )
    register_action(
        "people.substitute.name",
        _("named the substitute"),
        words={"person": _("person"), "post": _("post"), **day, "to": _("valid until")},
    )
    register_action("people.substitute.end", _("ended the substitution"), words={"person": _("person"), **day})
    register_action(
        "people.absence.enter", _("entered an absence"), words={"first": _("first day"), "last": _("last day")}
    )
    register_action("people.absence.call_off", _("called the absence off"))
    what = {"what": _("what")}
    register_action(
        "people.handover.draw_up",
        _("drew up the handover slip"),
        keep=Keep.FOR_EVER,
        words={"taker": _("takes over"), "witness": _("witness"), "items": _("lines")},
    )
    register_action("people.handover.add_item", _("put a line on the slip"), words=what)
    register_action("people.handover.remove_item", _("took a line off the slip"), words=what)
    skill = {"skill": _("skill"), "to": _("expires on")}
    register_action("people.skill.add", _("entered a skill"), words=skill)
    register_action("people.skill.end", _("ended a skill"), words=skill)
