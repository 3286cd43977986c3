"""The rows of the walk of all addresses of the needs' desk, and the records they need."""

from datetime import timedelta

from linli.apps.needs import services
from linli.apps.needs.models import Category, Channel, Route
from linli.apps.places.models import Place

READ = "302 403 200 404 200 200 403 403 403 403"
WORK = "302 404 200 404 200 200 404 404 404 404"
SEND = "302 404 403 404 200 200 404 404 404 404"
KEEP = "302 403 403 200 200 403 403 403 403 403"
KEEP_ONE = "302 403 403 404 200 403 403 403 403 403"

NEEDS_DESK_ROWS = {
    "GET desk/needs/": READ.replace("404", "200"),
    "GET desk/needs/{need}/": READ,
    "POST desk/needs/{need}/accept/": WORK.replace("200", "302"),
    "GET desk/needs/{need}/answer/": WORK,
    "POST desk/needs/{need}/answer/": WORK.replace("200", "422"),
    "GET desk/needs/{need}/do/contact/": WORK,
    "POST desk/needs/{need}/do/contact/": WORK.replace("200", "422"),
    "GET desk/needs/{need}/do/redispatch/": SEND,
    "GET desk/needs/{need}/objections/{need_objection}/": SEND,
    "GET desk/needs/{need}/extensions/{need_extension}/": "302 404 403 404 403 403 404 404 404 404",
    "GET desk/needs/{need}/parts/{need_part}/": SEND,
    "GET desk/needs/offers/{nothing}/": "302 404 404 404 404 404 404 404 404 404",
    "GET desk/needs/unnamed/{nothing}/": "302 403 403 403 403 403 403 403 403 403",
    "GET desk/needs/rules/": KEEP,
    "GET desk/needs/rules/new/": KEEP,
    "POST desk/needs/rules/new/": KEEP.replace("200", "422"),
    "GET desk/needs/rules/{need_rule}/": KEEP_ONE,
    "POST desk/needs/rules/{need_rule}/": KEEP_ONE,
    "GET desk/needs/rules/{need_rule}/edit/": KEEP_ONE,
    "POST desk/needs/rules/{need_rule}/up/": KEEP_ONE.replace("200", "302"),
    "POST desk/needs/categories/load/": KEEP.replace("200", "302"),
    "GET desk/needs/categories/new/": KEEP,
    "GET desk/needs/categories/{need_category}/": KEEP,
    "GET desk/needs/templates/new/": KEEP,
    "GET desk/needs/templates/{need_template}/": KEEP_ONE,
}
"""The table's rows of the needs' desk."""


def needs_desk_of(community: Place) -> dict[str, str]:
    """A need being handled with an objection and a request for more time; a rule, a category, a template."""
    street = community.street
    assert street is not None
    services.load_catalogue(actor=None)
    category = Category.objects.get(code="0101")
    need = services.receive(
        street=street, place=community, matter="走查路灯不亮", channel=Channel.HOTLINE, actor=None
    ).need
    services.analyse(need, category=category, route=Route.AT_ONCE, actor=None)
    part = services.dispatch(need, unit=community, actor=None)
    objection = services.object_to_dispatch(need, reason="时限不合理", actor=None)
    assert need.promised is not None
    extension = services.extend(need, until=need.promised + timedelta(days=3), reason="等配件", actor=None)
    rule = services.write_rule(street=street, actor=None, title="走查规则")
    template = services.write_template(street=street, outcome="solved", title="走查", text="已办", actor=None)
    return {
        "need": str(need.pk),
        "need_part": str(part.pk),
        "need_objection": str(objection.pk),
        "need_extension": str(extension.pk),
        "need_rule": str(rule.pk),
        "need_category": str(category.pk),
        "need_template": str(template.pk),
    }
