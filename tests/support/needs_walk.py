"""The rows of the walk of all addresses that belong to residents' needs, and the records they need."""

from linli.apps.needs import services
from linli.apps.needs.models import Channel
from linli.apps.places.models import Place
from tests.support import tickets_walk

ALL = "200 200 200 200 200 200 200 200 200 200"
NEEDS_ROWS = {
    **tickets_walk.TICKET_ROWS,
    "GET needs/report/": ALL,
    "POST needs/report/": "422 422 422 422 422 422 422 422 422 422",
    "POST needs/report/words/": ALL,
    "GET needs/follow/": ALL,
    "POST needs/follow/": "422 422 422 422 422 422 422 422 422 422",
    "GET needs/f/{need_code}/": ALL,
    "GET needs/f/{need_code}/photos/{nothing}/": "404 404 404 404 404 404 404 404 404 404",
    "GET needs/look/{need_pass}/": ALL,
    "GET desk/needs/enter/": "302 403 200 200 200 200 403 403 403 403",
    "POST desk/needs/enter/": "302 403 422 422 422 422 403 403 403 403",
    "GET desk/needs/entered/{need_pass}/": "302 403 200 200 200 200 403 403 403 403",
    "GET desk/needs/entered/{need_pass}/slip.pdf": "302 403 200 200 200 200 403 403 403 403",
    "GET desk/needs/walk/": "302 403 200 200 200 200 403 403 403 403",
    "POST desk/needs/walk/": "302 403 422 422 422 422 403 403 403 403",
    "GET desk/needs/chat/": "302 403 200 200 200 200 403 403 403 403",
    "GET needs/guides/": ALL,
    "GET needs/guides/{guide}/": ALL,
    "GET desk/needs/guides/": "302 403 200 200 200 200 403 403 403 403",
    "GET desk/needs/guides/new/": "302 403 403 200 200 403 403 403 403 403",
    "GET desk/needs/guides/{guide}/": "302 403 403 404 200 403 403 403 403 403",
    "GET desk/needs/{window}/came-again/": "302 403 200 404 200 200 403 403 403 403",
    "GET desk/needs/alarms/{alarm}/": "302 403 200 404 200 200 403 403 403 403",
    "GET desk/needs/watch/": "302 403 200 200 200 200 403 403 403 403",
    "GET desk/needs/watch/new/": "302 403 403 200 200 403 403 403 403 403",
    "POST desk/needs/watch/{nothing}/drop/": "302 403 403 404 404 403 403 403 403 403",
}


def needs_of(community: Place) -> dict[str, str]:
    """A need that speaks of danger, with its code."""
    assert community.street is not None
    received = services.receive(
        street=community.street, place=community, matter="走查楼道着火了", channel=Channel.PORTAL, actor=None
    )
    window = services.Entry(community, "走查：办理老年卡", Channel.WINDOW, {}, missing="身份证")
    text = services.GuideText("retirement", "走查老年卡", "身份证", "社区服务站")
    return {
        "window": str(services.enter(window, actor=None).need.pk),
        "guide": str(services.write_guide(text, place=community.street, actor=None).pk),
        **tickets_walk.tickets_of(community),
        "need_code": received.code,
        "need_pass": services.pass_for(received.need),
        "alarm": str(received.need.alarm.pk),
    }
