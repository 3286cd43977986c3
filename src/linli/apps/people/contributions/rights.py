"""What identity and rights add to the house: kinds, actions, menu lines, tasks."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.apps.people import queries
from linli.apps.people.contributions.grades import declare_all
from linli.apps.people.contributions.terms import declare_terms
from linli.apps.people.models import Consent, DataExport, DataRequest
from linli.apps.people.permissions import (
    answers_requests,
    enters_requests,
    keeps_registers,
    proves_identity,
    reads_retention,
)
from linli.kernel import deadlines
from linli.kernel.audit import Keep, register_action
from linli.kernel.contributions import NavItem, Task, TaskSource
from linli.kernel.notices import NoticeKind
from linli.kernel.refs import Kind, Ref, ref_of, register
from linli.kernel.scope import Actor, nobody

KINDS = (
    NoticeKind("people.data_request.ask", _("A request about personal data waits for me"), may_switch_off=nobody),
    NoticeKind("people.data_request.finish", _("What I asked about my data is done"), may_switch_off=nobody),
    NoticeKind("people.data_request.refuse", _("What I asked about my data was refused"), may_switch_off=nobody),
    NoticeKind("people.identity.refuse", _("I was not matched to the roster"), may_switch_off=nobody),
)


class ConsentRows(Kind):
    """Consents with their text, and the person's community, which tells the street."""

    def rows(self) -> Any:
        return super().rows().select_related("text", "person__community")


class RequestRows(Kind):
    """Requests with their community, which tells the street."""

    def rows(self) -> Any:
        return super().rows().select_related("community")


def _address(request: DataRequest) -> str:
    return reverse("people:data_request", args=[request.pk])


def _street(request: DataRequest) -> UUID | None:
    return request.community.street_id if request.community else None


def register_kinds() -> None:
    """Requests and copies, as others point at them."""
    register(
        RequestRows(
            "people.data_request",
            DataRequest,
            _("Request about personal data"),
            lambda rows, actor: queries.requests_visible_to(actor, rows),
            address=_address,
            street=_street,
        )
    )
    register(
        ConsentRows(
            "people.consent",
            Consent,
            _("Consent"),
            lambda rows, actor: queries.consents_visible_to(actor, rows),
            address=lambda row: reverse("people:person", args=[row.person_id]) if row.person_id else "",
            street=lambda row: row.person.community.street_id if row.person else None,
        )
    )
    register(
        Kind(
            "people.data_export",
            DataExport,
            _("Copy of personal data"),
            lambda rows, actor: queries.exports_visible_to(actor, rows),
        )
    )


def register_actions() -> None:
    """Every verb with the words the record reads by."""
    how, reason = {"how": _("how")}, {"reason": _("reason")}
    register_action("people.user.join", _("opened an account"), words={"username": _("user name"), "name": _("name")})
    register_action("people.identity.prove", _("proved who the account belongs to"), words=how)
    register_action("people.identity.slip", _("printed a slip of identity"))
    register_action("people.identity.refuse", _("refused a match to the roster"), words=reason)
    register_action("people.identity.withdraw", _("withdrew a proof of identity"), words=how | reason)
    register_action(
        "people.data_request.ask", _("asked about personal data"), keep=Keep.FOR_EVER, words={"kind": _("request")}
    )
    register_action(
        "people.consent_text.write",
        _("wrote a new version of a consent"),
        keep=Keep.FOR_EVER,
        words={"purpose": _("purpose"), "version": _("version")},
    )
    text = {"text": _("consent")}
    register_action("people.consent.give", _("agreed"), words=text | how)
    register_action("people.consent.withdraw", _("took the consent back"), words=text)
    register_action(
        "people.disclosure.write",
        _("wrote down that data were passed on"),
        words={"to": _("to whom"), "what": _("what")},
    )
    title = {"title": _("what it is about")}
    register_action("people.impact_assessment.enter", _("entered an impact assessment"), words=title)
    register_action("people.data_incident.enter", _("entered an incident with personal data"), words=title)
    register_action("people.data_incident.tell", _("noted who was told of an incident with personal data"), words=title)
    register_action("people.data_export.ready", _("the copy was prepared"))


def declare_rights() -> None:
    """Kinds, verbs, the table of grades and the terms; called once, when the house starts."""
    register_kinds()
    register_actions()
    declare_all()
    declare_terms()


def find_tasks(actor: Actor) -> Iterable[Task]:
    """Open requests this security administrator answers, with the day they are due; two queries beside his posts."""
    if not answers_requests(actor, None):
        return
    rows = list(queries.requests_to_answer(actor)[:50])
    clocks = deadlines.of([ref_of(row) for row in rows])
    for row in rows:
        due = next((clock.due for clock in clocks[ref_of(row)] if clock.met is None), None)
        title = f"{row.get_kind_display()} · {row.user or row.person}"
        yield Task(ref_of(row), title, _address(row), gettext("Read and answer"), due=due, since=row.asked_at)


def hand_over(giver: UUID, taker: UUID, refs: Sequence[Ref]) -> int:
    """Requests wait for whoever holds the post, so nothing has to be moved."""
    return 0


PAGES = (
    NavItem(
        "residents", _("Accounts of residents"), "people:residents", proves_identity, icon="users", section="people"
    ),
    NavItem(
        "data_requests",
        _("Requests about personal data"),
        "people:data_requests",
        answers_requests | enters_requests,
        icon="list-check",
        section="people",
    ),
    NavItem("consents", _("Consents"), "people:consent_texts", keeps_registers, section="people"),
    NavItem("retention", _("How long data are kept"), "people:retention", reads_retention, section="people"),
    NavItem("assessments", _("Impact assessments"), "people:assessments", keeps_registers, section="people"),
    NavItem("incidents", _("Incidents with personal data"), "people:incidents", keeps_registers, section="people"),
    TaskSource("people.data_requests", find_tasks, hand_over),
)
