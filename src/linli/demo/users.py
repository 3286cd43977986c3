"""Invented people in every role, in both streets, so that a neighbour can be tried too."""

from datetime import timedelta

from linli.apps.people import services
from linli.apps.people.models import Post
from linli.demo.bodies import AGENCY, HOUSING, PAINTERS, WARM
from linli.demo.streets import DISTRICT, MAIN, NEIGHBOUR, STREET, Here
from linli.kernel.scope import Role

ACCOUNTS = (
    ("jumin", "周桂兰", Role.RESIDENT, MAIN),
    ("yinxing.shegong", "林晓禾", Role.COMMUNITY_WORKER, MAIN),
    ("yinxing.shuji", "方建平", Role.COMMUNITY_SECRETARY, MAIN),
    ("nanli.shegong", "杜若溪", Role.COMMUNITY_WORKER, "南里社区"),
    ("nanli.shuji", "崔明远", Role.COMMUNITY_SECRETARY, "南里社区"),
    ("linhu.jiedao", "梁静姝", Role.STREET_OFFICER, STREET),
    ("linhu.caiwu", "贺文佳", Role.FINANCE_OFFICER, STREET),
    ("wangqiao.jumin", "邵玉芬", Role.RESIDENT, "桥头社区"),
    ("qiaotou.shegong", "石一鸣", Role.COMMUNITY_WORKER, "桥头社区"),
    ("qiaotou.shuji", "温国强", Role.COMMUNITY_SECRETARY, "桥头社区"),
    ("quanbei.shegong", "姚思远", Role.COMMUNITY_WORKER, "泉北社区"),
    ("quanbei.shuji", "孟秋华", Role.COMMUNITY_SECRETARY, "泉北社区"),
    ("wangqiao.jiedao", "秦树森", Role.STREET_OFFICER, NEIGHBOUR),
    ("wangqiao.caiwu", "葛雨晴", Role.FINANCE_OFFICER, NEIGHBOUR),
    ("xitong", "沈宏图", Role.SYSTEM_ADMINISTRATOR, DISTRICT),
    ("anquan", "邱若水", Role.SECURITY_ADMINISTRATOR, DISTRICT),
    ("shenji", "尹知行", Role.AUDIT_ADMINISTRATOR, DISTRICT),
    ("linhu.kezhang", "罗思齐", Role.SECTION_HEAD, STREET),
    ("linhu.lingdao", "高景行", Role.LEADER, STREET),
    ("yinxing.wangge", "戴小满", Role.GRID_WORKER, "银杏社区第一网格"),
    ("shenjishi", "万里青", Role.AUDITOR, DISTRICT),
)
AT_ORGANIZATIONS = (
    ("nuanlin", "安若宁", Role.ORGANIZATION_MANAGER, WARM),
    ("shuhua", "叶松年", Role.TEAM_LEADER, PAINTERS),
    ("zhichi", "卫长青", Role.ORGANIZATION_MANAGER, AGENCY),
    ("fangguan", "蒋一凡", Role.DEPARTMENT_CONTACT, HOUSING),
)
TERM_ENDS = {"yinxing.shuji": timedelta(days=45)}
"""Whose term is about to end, how long after the day of building."""


def open_accounts(here: Here, *, password: str) -> None:
    """One account and one post each, at a place."""
    for username, name, role, place in ACCOUNTS:
        _open(here, username, name, password)
        ends = here.today + TERM_ENDS[username] if username in TERM_ENDS else None
        services.give_post(
            user=here.people[username],
            role=role,
            place=here.places[place],
            started_on=here.first_day,
            term_ends_on=ends,
            actor=None,
            at=here.morning,
        )


def open_accounts_of_organizations(here: Here, *, password: str) -> None:
    """One account and one post each, at an organization."""
    for username, name, role, organization in AT_ORGANIZATIONS:
        _open(here, username, name, password)
        services.give_post(
            user=here.people[username],
            role=role,
            organization=here.organizations[organization],
            started_on=here.first_day,
            actor=None,
            at=here.on(1),
        )


def _open(here: Here, username: str, name: str, password: str) -> None:
    here.people[username] = services.open_account(
        username=username,
        name=name,
        phone=f"130000000{len(here.people) + 1:02}",
        password=password,
        actor=None,
        is_demo=True,
        same_as=next(iter(here.people.values()), None),
        at=here.morning,
    )


def arrange_substitutes(here: Here) -> None:
    """Secretary and worker of 南里社区 stand in for each other; the secretary is on leave today."""
    secretary, worker = here.people["nanli.shuji"], here.people["nanli.shegong"]
    for holder, deputy in ((secretary, worker), (worker, secretary)):
        post = Post.objects.get(user=holder, ended_on__isnull=True)
        services.name_substitute(post, deputy=deputy, valid_from=here.first_day, actor=None, at=here.on(2))
    services.enter_absence(
        secretary,
        first_day=here.today - timedelta(days=1),
        last_day=here.today + timedelta(days=4),
        kind="leave",
        actor=secretary,
        at=here.on(25),
    )
