"""What the closing review adds: kinds, actions, figures, the public page, advice beside next year's proposal."""

from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linli.apps.projects import queries
from linli.apps.projects.models import (
    Advice,
    ClosingFile,
    GradeAppeal,
    OpinionSheet,
    ProgrammeSummary,
    Showcase,
    SlideTemplate,
)
from linli.apps.projects.permissions import COUNTERS, KEEPERS
from linli.apps.projects.queries.closing.files import closing_visible_to
from linli.apps.projects.queries.closing.grading import DEFAULT
from linli.apps.reviews.models import Purpose
from linli.apps.rounds.queries import programmes_visible_to
from linli.kernel.audit import Keep, register_action
from linli.kernel.contributions import PagePart
from linli.kernel.contributions import contribute as add
from linli.kernel.publication import PublicKind, declare
from linli.kernel.refs import Kind, register
from linli.kernel.scope import Actor, Role
from linli.kernel.settings import Declared, Level
from linli.kernel.settings import declare as declare_setting

REASON, DAY, TITLE, NAME = _("reason"), _("day"), _("title"), _("name")
ACTIONS: tuple[tuple[str, Any, dict[str, Any]], ...] = (
    ("closing.open", _("opened the closing file"), {}),
    ("closing.write", _("wrote the closing file"), {"sections": _("sections")}),
    (
        "closing.except", _("recorded an exception from the gate"),
        {"condition": _("condition of the review"), "minutes": _("number of the minutes"), "reason": REASON},
    ),
    ("closing.enter", _("entered the project for the closing review"), {"title": TITLE, "number": _("number")}),
    (
        "closing.grade", _("graded the project"),
        {"score": _("score"), "grade": _("grade"), "grounds": _("grounds"), "misuse": _("misuse that was found")},
    ),
    ("closing.appeal", _("appealed against the grade"), {"reason": REASON}),
    ("opinions.hand_over", _("handed the panel's opinions over"), {"count": _("count"), "due": _("to be answered by")}),
    (
        "opinions.answer", _("answered an opinion"),
        {"number": _("number"), "taken": _("how it is taken"), "reason": REASON},
    ),
    ("opinions.finish", _("did what an opinion asked for"), {"number": _("number"), "day": DAY, "how": _("how")}),
    ("project.highlight", _("marked the project as a highlight"), {"reason": REASON}),
    ("project.prize", _("gave the project an honour"), {"title": TITLE, "year": _("year"), "name": NAME}),
    ("project.coverage", _("registered a report or recognition"), {"name": NAME, "title": TITLE, "day": DAY}),
    ("project.story", _("wrote a story of the project"), {"title": TITLE, "name": NAME}),
    ("summary.write", _("wrote the summary of the year"), {"year": _("year")}),
    ("showcase.write", _("wrote the public page"), {"title": TITLE}),
    ("slides.add", _("took in the street's own slides"), {"version": _("version")}),
)  # fmt: skip

SETTINGS = (
    Declared(
        "projects.gate_answers", _("Valid answers on satisfaction that open the closing review"), int, 30,
        source="规则第三部分3.3（样例）", grade="K", least=1, most=1000, unit="份",
    ),
    Declared(
        "projects.gate_percent", _("Or this part of the people served"), int, 30,
        source="规则第三部分3.3（样例）", grade="K", least=1, most=100, unit="%",
    ),
    Declared(
        "projects.grades", _("Grades: letter, word, from which score, factor for the next year"), str, DEFAULT,
        source="某市民政局2019年办法（85分、60分）；系数为样例", grade="B",
    ),
    Declared(
        "projects.opinion_days", _("Working days in which opinions of the review are answered"), int, 10,
        source="评审意见反馈（文书27），由街道确定", grade="K", least=1, most=120, unit="个工作日",
    ),
    Declared(
        "projects.closing_sections", _("Sections of the closing file beside the six, parted by semicolons"), str, "",
        source="结项报告六部分等（A05）", grade="K", deepest=Level.RECORD,
    ),
    Declared(
        "projects.archive_term", _("How long papers of a project are kept"), str, "30年",
        source="机关文件材料归档范围和文书档案保管期限规定；会计凭证30年", grade="K", choices=("10年", "30年", "永久"),
    ),
)  # fmt: skip


def _of_project(row: Any) -> UUID:
    key: UUID = row.project.street_id
    return key


class WithProject(Kind):
    """Rows with their project and its places."""

    def rows(self) -> Any:
        return super().rows().select_related("project__place", "project__street")


def _mine(rows: Any, actor: Actor | None) -> Any:
    return rows.filter(project__in=queries.visible_to(actor).order_by().values("pk"))


def _page(row: Any) -> str:
    return reverse("projects:closing", args=[row.project_id])


class OfGrade(Kind):
    """Appeals with the project of their grade."""

    def rows(self) -> Any:
        return super().rows().select_related("grade__closing__project__place")


def _register() -> None:
    register(
        WithProject(
            "projects.closing", ClosingFile, _("Closing file"), lambda rows, actor: closing_visible_to(actor, rows),
            address=_page, street=_of_project,
        ),
    )  # fmt: skip
    register(WithProject("projects.opinions", OpinionSheet, _("Opinions of the review"), _mine, address=_page,
                         street=_of_project))  # fmt: skip
    register(WithProject("projects.showcase", Showcase, _("Public page of a project"), _mine, address=_page,
                         street=_of_project))  # fmt: skip
    register(
        OfGrade(
            "projects.appeal", GradeAppeal, _("Appeal against a grade"),
            lambda rows, actor: rows.filter(grade__closing__in=closing_visible_to(actor).order_by().values("pk")),
            address=lambda row: reverse("projects:closing", args=[row.grade.closing.project_id]),
            street=lambda row: row.grade.closing.project.street_id,
        )
    )  # fmt: skip
    register(
        Kind(
            "projects.summary", ProgrammeSummary, _("Summary of a programme's year"),
            lambda rows, actor: rows.filter(programme__in=programmes_visible_to(actor).order_by().values("pk")),
            address=lambda row: reverse("projects:summary_page", args=[row.pk]),
            street=lambda row: row.programme.place.street_id,
        )
    )  # fmt: skip
    register(
        Kind(
            "projects.slides", SlideTemplate, _("Slides of the closing review"),
            lambda rows, actor: rows.filter(street__in=actor.reach(*KEEPERS).places) if actor else rows.none(),
            address=lambda _row: reverse("projects:slides"), street=lambda row: row.street_id,
        )
    )  # fmt: skip


def texts_of(row: Showcase) -> dict[str, str]:
    """Everything the public reads of a project's page."""
    figures = "\n".join(f"{one['name']} {one['value']} {one['unit']}" for one in row.figures)
    return {
        "标题": row.title,
        "正文": row.text,
        "数据": figures,
        "报道": "\n".join(map(str, row.project.coverage.all())),
    }


def earlier_advice(actor: Actor | None, proposal: Any) -> dict[str, Any] | None:
    """What panels advised on earlier projects of whoever proposes; nothing where there is none. Two queries."""
    shares = list(proposal.shares.all())
    units = [one.organization_id for one in shares if one.organization_id]
    places = [one.place_id for one in shares if one.place_id]
    rows = Advice.objects.filter(sheet__project__year__lt=proposal.round.year)
    rows = rows.filter(sheet__project__bearer__in=units) | rows.filter(sheet__project__bearer_place__in=places)
    found = list(rows.select_related("sheet__project").order_by("-sheet__project__year", "number")[:20])
    return {"advice": found} if found else None


def of_project(_actor: Actor | None, project: Any) -> dict[str, Any]:
    """The way from a project's page to its closing file. One query."""
    row = ClosingFile.objects.filter(project=project).first()
    return {"closing": row, "address": reverse("projects:closing", args=[project.pk])}


def of_session(_actor: Actor | None, session: Any) -> dict[str, Any] | None:
    """The way from a closing review's page to its projects and attendance; nothing for other reviews. No query."""
    if session.purpose != Purpose.CLOSING or session.rehearsal_of_id is not None:
        return None
    return {"address": reverse("projects:review", args=[session.pk])}


SHOWCASE = PublicKind(
    "projects.showcase", _("Public page of a project"), texts=texts_of, writes=(*COUNTERS, *KEEPERS),
    checks=(Role.COMMUNITY_SECRETARY, *KEEPERS), signs_off=(Role.SECTION_HEAD, Role.LEADER, Role.STREET_OFFICER),
    label=lambda row: f"{row.title} · {row.project.place.name}",
)  # fmt: skip


def contribute() -> None:
    """Enter everything; called once at start."""
    _register()
    for name, title, words in ACTIONS:
        register_action(f"projects.{name}", title, keep=Keep.FOR_EVER, words=words)
    for setting in SETTINGS:
        declare_setting(setting)
    declare(SHOWCASE)
    add(
        PagePart(
            "rounds.proposal.advice", "projects.advice", "projects/closing/part_advice.html", earlier_advice, order=20
        )
    )
    add(PagePart("reviews.session", "projects.closing_review", "projects/closing/part_review.html", of_session))
