"""The rows of the walk of all addresses of stages, sub-tasks, disputes and call-backs, and the records they need."""

from datetime import timedelta

from django.utils import timezone

from linli.apps.needs import services
from linli.apps.needs.models import Channel
from linli.apps.places.models import Place
from tests.support.needs_walk import ALL

WORK = "302 404 200 404 200 200 404 404 404 404"
TASK = "302 403 200 404 200 200 403 403 403 403"
NONE = "302 403 404 404 404 404 403 403 403 403"
HANDLING = "302 403 200 200 200 200 403 403 403 403"
"""Of a sensitive matter: nobody who is not named, whatever his post."""

PARTS_ROWS = {
    "GET desk/needs/{need}/stages/": WORK,
    "POST desk/needs/{need}/stages/": WORK.replace("200", "422"),
    "GET desk/needs/{need}/stages/paper/": "302 404 404 404 404 404 404 404 404 404",
    "GET desk/needs/{need}/stages/{nothing}/finish/": "302 404 404 404 404 404 404 404 404 404",
    "GET desk/needs/{need}/tasks/new/": WORK,
    "GET desk/needs/tasks/{sub_task}/": TASK,
    "GET desk/needs/tasks/{sub_task}/answer/": TASK,
    "POST desk/needs/tasks/{sub_task}/answer/": TASK.replace("200", "422"),
    "GET needs/t/{sub_task_link}/": ALL,
    "GET desk/needs/disputes/": HANDLING,
    "GET desk/needs/{need}/dispute/": WORK,
    "GET desk/needs/disputes/{dispute}/": NONE,
    "GET desk/needs/disputes/{dispute}/do/accept/": NONE,
    "GET desk/needs/disputes/{dispute}/parties/{nothing}/": NONE,
    "GET desk/needs/ringing/": HANDLING,
    "POST desk/needs/{need}/asking/": "302 404 409 404 409 409 404 404 404 404",
}
"""The table's rows of these parts."""


def parts_of(community: Place) -> dict[str, str]:
    """A sub-task with an outside party, and a dispute in which nobody of the walk is named."""
    street = community.street
    assert street is not None
    need = services.receive(street=street, place=community, matter="走查楼道灯坏", channel=Channel.HOTLINE, actor=None)
    asked = services.Asked(
        "走查换灯", "更换灯头。", timezone.now() + timedelta(days=3), outside="走查维修部", checked=True
    )
    task = services.give_sub_task(need.need, asked, actor=None)
    quarrel = services.receive(
        street=street, place=community, matter="走查两家说不清", channel=Channel.HOTLINE, actor=None
    ).need
    quarrel.sensitivity = "dispute"
    quarrel.save(update_fields=["sensitivity"])
    row = services.register_mediation(quarrel, kind="neighbours", parties=["楼上", "楼下"], actor=None)
    return {"sub_task": str(task.pk), "sub_task_link": services.link_of(task), "dispute": str(row.pk)}
