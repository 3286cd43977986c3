"""How long people keep each kind, because of which rule."""

from django.utils.translation import gettext_lazy as _

from linli.apps.people.services import keeping
from linli.apps.people.services.exports import forget_exports
from linli.kernel.privacy import Retention, retain

LEAST = "街道自定（最短保存，个人信息保护法第十九条）"
THREE_YEARS = 3 * 365
TERMS = (
    Retention(
        "people.account", 365, LEAST, "K", title=_("Account, posts and contact cards"),
        since=_("a resident's account nobody proved and nobody used; every other one until it is closed"),
        remove=keeping.close_unused,
    ),
    Retention(
        "people.person", THREE_YEARS, LEAST, "K", title=_("The roster of persons"),
        since=_("from the day the person left; before that as long as the person lives here"),
        remove=keeping.empty_departed,
    ),
    Retention(
        "people.identity", THREE_YEARS, LEAST, "K", title=_("How your identity was proved"),
        since=_("from the day it was withdrawn"), remove=keeping.forget_proofs,
    ),
    Retention(
        "people.exports", 1, LEAST, "K", title=_("Prepared copies of personal data"),
        since=_("from the day the copy expires"), remove=forget_exports,
    ),
    Retention(
        "people.requests", THREE_YEARS, "民法典第一百八十八条（诉讼时效三年）", "K",
        title=_("What you asked about your data"), since=_("from the day of the answer"),
        remove=keeping.forget_requests,
    ),
    Retention(
        "people.consents", THREE_YEARS, "民法典第一百八十八条（诉讼时效三年）", "K",
        title=_("What you agreed to, and to whom data were passed on"),
        since=_("from the withdrawal, or from the day it was passed on"), remove=keeping.forget_consents,
    ),
    Retention(
        "people.protection", None, "个人信息保护法第五十六条（至少三年）", "A",
        title=_("Impact assessments and incidents"), since=_("at least three years; nothing is removed by itself"),
    ),
)  # fmt: skip


def declare_terms() -> None:
    """Called once, when the house starts."""
    for term in TERMS:
        retain(term)
