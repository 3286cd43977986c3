"""What likeness adds: its two pages in the menu, the verb by which a pair is told apart, hot topics as a kind."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linli.apps.needs import queries
from linli.apps.needs.models import HotTopic
from linli.apps.needs.permissions import enters_pages, reads_needs
from linli.kernel.audit import register_action
from linli.kernel.contributions import NavItem
from linli.kernel.contributions import contribute as add
from linli.kernel.refs import Kind, register


def contribute() -> None:
    """Make them known."""
    register_action("needs.need.tell_apart", _("kept the need apart from another"), words={"into": _("other need")})
    register(
        Kind(
            "needs.hot_topic", HotTopic, _("Hot topic"), lambda rows, actor: queries.topics_for(actor, rows),
            address=lambda row: reverse("needs:topic", args=[row.pk]), street=lambda row: row.street_id,
        )
    )  # fmt: skip
    add(
        NavItem(
            "needs_likely", _("Likely the same"), "needs:likely", enters_pages, icon="copy", section="needs", order=22
        ),
        NavItem(
            "needs_topics",
            _("Hot topics"),
            "needs:topics",
            reads_needs,
            icon="sort-descending",
            section="needs",
            order=34,
        ),
    )  # fmt: skip
