"""One resident with every grade of identity, a consent, a request in work; skills of staff, a handover slip."""

from datetime import date, timedelta

from linli.apps.people import services
from linli.apps.people.models import ConsentPurpose, Post
from linli.apps.people.services.consents import Asked
from linli.apps.people.services.persons import PersonText
from linli.apps.places.models import Household
from linli.demo.streets import MAIN, Here

RESIDENT = "jumin"
RESIDENTS_PHONE = "13000000001"
CONTACT = Asked(
    text="社区可以打电话或者发消息，告诉我本社区的服务和活动。",
    kinds="姓名、手机",
    retention="撤回之前",
    on_withdrawal="撤回当天起不再联系，已经发出的通知不受影响。",
)
SKILLS = (
    ("yinxing.shegong", "social_work_middle", date(2021, 10, 1), None, "示例证书一"),
    ("nanli.shegong", "social_work_assistant", date(2022, 10, 1), None, "示例证书二"),
    ("nanli.shegong", "sign_language", date(2020, 3, 1), None, ""),
    ("yinxing.wangge", "first_aid", date(2024, 1, 15), 25, "示例证书三"),
    ("quanbei.shegong", "mediator", date(2023, 5, 1), None, ""),
    ("qiaotou.shegong", "line_elderly", date(2023, 5, 1), None, ""),
)
"""Account, skill, since when, after how many days its certificate expires, number of the certificate."""


def use_rights(here: Here) -> None:
    """A resident is proved, agrees, and asks for a correction."""
    _prove_a_resident(here)
    _ask_for_a_correction(here)


def work_on(here: Here) -> None:
    """Staff enter their skills; a handover begins."""
    _add_skills(here)
    _begin_a_handover(here)


def _prove_a_resident(here: Here) -> None:
    """周桂兰 showed her card at the counter, was found on the roster, agreed to be rung, and asks for a correction."""
    resident, worker = here.people[RESIDENT], here.people["yinxing.shegong"]
    home = Household.objects.filter(building__community=here.places[MAIN], room="301").order_by(
        "building__estate__name", "building__number", "stairwell__order"
    )
    person = services.enter_person(
        community=here.places[MAIN],
        text=PersonText(
            name=resident.name,
            phone=RESIDENTS_PHONE,
            born_on=date(1956, 4, 12),
            gender="female",
            household=home.first(),
        ),
        actor=worker,
        is_demo=True,
        at=here.on(6),
    )
    services.prove_in_person(resident, document="resident", actor=worker, at=here.on(8))
    services.match_to_roster(resident, person, actor=worker, at=here.on(8))
    text = services.write_text(
        purpose=ConsentPurpose.CONTACT, asked=CONTACT, valid_from=here.first_day, actor=None, at=here.on(2)
    )
    services.agree(text, user=resident, actor=resident, at=here.on(9))


def _ask_for_a_correction(here: Here) -> None:
    """A request that the security administrator has taken up and not answered yet."""
    resident = here.people[RESIDENT]
    asked = here.at_work(here.on(0).replace(hour=9) + (here.today - here.first_day) - timedelta(days=6))
    request = services.ask(resident, kind="correct", text="出生日期写错了，应以身份证为准。", actor=resident, at=asked)
    services.take(request, actor=here.people["anquan"], at=asked + timedelta(hours=3))


def _add_skills(here: Here) -> None:
    """What staff are certified to do; one certificate is about to expire."""
    for username, skill, since, days, certificate in SKILLS:
        services.add_skill(
            here.people[username],
            skill=skill,
            valid_from=since,
            valid_to=here.today + timedelta(days=days) if days else None,
            certificate=certificate,
            actor=here.people[username],
            at=here.on(15),
        )


def _begin_a_handover(here: Here) -> None:
    """The worker of 桥头社区 goes to another post: the slip is drawn up and waits for its three signatures."""
    giver = here.people["qiaotou.shegong"]
    services.draw_up_handover(
        Post.objects.get(user=giver, ended_on__isnull=True),
        taker=here.people["qiaotou.shuji"],
        witness=here.people["wangqiao.jiedao"],
        actor=giver,
        at=here.on(28),
    )
