"""What staff need to hear needs: lines of the menu, the rounds of today, the checklists a street sets itself."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.apps.needs import queries
from linli.apps.needs.forms.walking import listed
from linli.apps.needs.models import Channel, Guide, WindowMatter
from linli.apps.needs.permissions import enters_pages
from linli.apps.needs.views.watching import stands_watch
from linli.apps.people.models import User
from linli.kernel.audit import register_action
from linli.kernel.contributions import NavItem, PagePart, PortalDoor
from linli.kernel.contributions import contribute as add
from linli.kernel.refs import Kind, register
from linli.kernel.scope import Actor, Role
from linli.kernel.settings import Declared, declare

OWN = "街道惯例，由街道确认（五必访、五必问的原文未见，可改）"
LANES = "小巷管家“十无”清单（rules §5），由街道确认"
SETTINGS = (
    Declared(
        "needs.visit_whom", gettext_lazy("Whom to visit (parted by 、)"), str,
        "独居高龄老人、重病和重度残疾居民、生活困难家庭、困境儿童家庭、有矛盾纠纷的家庭", source=OWN, grade="NF",
    ),
    Declared(
        "needs.visit_asks", gettext_lazy("What to ask at a visit (parted by 、)"), str,
        "身体怎么样、生活有没有难处、用电用气安不安全、对社区有什么意见、有什么心愿", source=OWN, grade="NF",
    ),
    Declared(
        "needs.patrol_times", gettext_lazy("Times of the daily rounds (parted by 、)"), str, "08:30、18:30",
        source="每天早、晚各巡1次（E51）", grade="K",
    ),
    Declared(
        "needs.patrol_findings", gettext_lazy("Kinds of things a round looks for (parted by 、)"), str,
        "环境卫生、治安隐患、私搭乱建、开墙打洞、乱停车、乱占道、乱搭架空线、外立面破损、违规广告牌匾、道路破损、违规经营、堆物堆料",
        source=LANES, grade="A",
    ),
)  # fmt: skip
WALKERS = (Role.GRID_WORKER, Role.COMMUNITY_WORKER)


def rounds_today(actor: Actor | None, user: User) -> dict[str, Any] | None:
    """The two rounds, for those who walk. No query; whether somebody went is not asked and not kept."""
    post = next((one for one in user.posts_in_force if one.role in WALKERS and one.place_id), None)
    if post is None or post.place is None:
        return None
    times = "、".join(listed("needs.patrol_times", post.place.street_id))
    text = _("Rounds today: %(times)s") % {"times": times}
    return {
        "lines": [{"text": text, "note": _("write down what you find, nothing else"), "address": reverse("needs:walk")}]
    }


def window_of(actor: Actor | None, need: Any) -> dict[str, Any] | None:
    """What a matter at the window still lacks. One query, none for what came in another way."""
    if need.channel != Channel.WINDOW:
        return None
    row = WindowMatter.objects.filter(need=need).first()
    return {"need": need, "papers": row.papers} if row else None


def contribute() -> None:
    """Enter all of it."""
    for setting in SETTINGS:
        declare(setting)
    register_action("needs.guide.write", gettext_lazy("wrote a guide"), words={"title": gettext_lazy("title")})
    register(
        Kind(
            "needs.guide", Guide, gettext_lazy("Guide"), lambda rows, actor: queries.guides_visible_to(actor, rows),
            address=lambda row: reverse("needs:edit_guide", args=[row.pk]), street=lambda row: row.place_id,
        )
    )  # fmt: skip
    add(
        PagePart("needs.need", "needs.window", "needs/part_window.html", window_of, order=20),
        PagePart("people.desk.today", "needs.rounds", "ui/part_duties.html", rounds_today, order=30),
        NavItem(
            "needs_enter", gettext_lazy("Enter a need"), "needs:enter", enters_pages, icon="plus", section="needs",
            order=12,
        ),
        NavItem(
            "needs_walk", gettext_lazy("Rounds and visits"), "needs:walk", enters_pages, icon="map-pin",
            section="needs", order=14,
        ),
        NavItem(
            "needs_chat", gettext_lazy("From a group"), "needs:chat", enters_pages, icon="message-circle",
            section="needs", order=16,
        ),
        NavItem(
            "needs_guides", gettext_lazy("Guides"), "needs:desk_guides", enters_pages, icon="file-text",
            section="needs", order=70,
        ),
        PortalDoor(
            "guides", gettext_lazy("Guides"), "needs:guides", "file-text",
            gettext_lazy("What to bring, where to go, for every stage of life"), order=60,
        ),
        NavItem(
            "needs_watch", gettext_lazy("On watch"), "needs:watches", stands_watch, icon="shield-check",
            section="needs", order=80,
        ),
    )  # fmt: skip
