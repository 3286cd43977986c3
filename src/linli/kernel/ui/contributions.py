"""The kernel's own lines in the desk's menu, and what people wrote to us."""

from django.utils.translation import gettext_lazy as _

from linli.kernel.contributions import NavItem, NavSection, contribute, declare_slot
from linli.kernel.files.scans.inbox import files_papers
from linli.kernel.scope import holds
from linli.kernel.scope.roles import STAFF
from linli.kernel.tables.collecting import may_collect
from linli.kernel.ui import feedback
from linli.kernel.ui.letters import LETTERS
from linli.kernel.ui.pages.audit import READERS
from linli.kernel.ui.pages.imports import may_import
from linli.kernel.ui.pages.notices import KEEPER
from linli.kernel.ui.pages.settings import CHOOSERS
from linli.kernel.ui.pages.webhooks import ADMINISTRATOR

declare_slot("ui.sign_in", budget=2)
contribute(
    NavSection("desk", _("Desk"), order=0),
    NavSection("system", _("System"), order=90),
    LETTERS,
    NavItem("collections", _("Collections"), "ui:collections", may_collect, icon="list-check", order=785),
    NavItem("scans", _("Scanned papers"), "ui:scans", files_papers, icon="file-text", order=788),
    NavItem("imports", _("Imports"), "ui:imports", may_import, icon="upload", order=790),
    NavItem("jobs", _("Background work"), "ui:jobs", holds(*STAFF), icon="refresh", order=800),
    NavItem("outbox", _("Outbox"), "ui:outbox", KEEPER, icon="send", order=805, section="system"),
    NavItem("settings", _("Settings"), "ui:settings", CHOOSERS, icon="settings", order=810, section="system"),
    NavItem("calendar", _("Working days"), "ui:calendar", holds(*STAFF), icon="calendar", order=815, section="system"),
    NavItem("audit", _("Audit"), "ui:audit", READERS, icon="shield-check", order=820, section="system"),
    NavItem("api_tokens", _("API tokens"), "ui:api_tokens", holds(*STAFF), icon="key", order=822, section="system"),
    NavItem("webhooks", _("Webhooks"), "ui:webhooks", ADMINISTRATOR, icon="send", order=824, section="system"),
    NavItem(
        "feedback",
        _("Comments and complaints"),
        "ui:feedback_inbox",
        holds(*feedback.READERS),
        order=830,
        section="system",
    ),
)
