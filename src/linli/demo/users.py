"""Invented people in eight roles, in both streets, so that a neighbour can be tried too."""

from linli.apps.people import services
from linli.apps.people.models import User
from linli.demo.streets import Here
from linli.kernel.scope import Role

ACCOUNTS = (
    ("jumin", "周桂兰", Role.RESIDENT, "银杏社区"),
    ("yinxing.shegong", "林晓禾", Role.COMMUNITY_WORKER, "银杏社区"),
    ("yinxing.shuji", "方建平", Role.COMMUNITY_SECRETARY, "银杏社区"),
    ("nanli.shegong", "杜若溪", Role.COMMUNITY_WORKER, "南里社区"),
    ("nanli.shuji", "崔明远", Role.COMMUNITY_SECRETARY, "南里社区"),
    ("linhu.jiedao", "梁静姝", Role.STREET_OFFICER, "临湖街道"),
    ("linhu.caiwu", "贺文佳", Role.FINANCE_OFFICER, "临湖街道"),
    ("wangqiao.jumin", "邵玉芬", Role.RESIDENT, "桥头社区"),
    ("qiaotou.shegong", "石一鸣", Role.COMMUNITY_WORKER, "桥头社区"),
    ("qiaotou.shuji", "温国强", Role.COMMUNITY_SECRETARY, "桥头社区"),
    ("quanbei.shegong", "姚思远", Role.COMMUNITY_WORKER, "泉北社区"),
    ("quanbei.shuji", "孟秋华", Role.COMMUNITY_SECRETARY, "泉北社区"),
    ("wangqiao.jiedao", "秦树森", Role.STREET_OFFICER, "望桥街道"),
    ("wangqiao.caiwu", "葛雨晴", Role.FINANCE_OFFICER, "望桥街道"),
    ("xitong", "沈宏图", Role.SYSTEM_ADMINISTRATOR, "和安区"),
    ("anquan", "邱若水", Role.SECURITY_ADMINISTRATOR, "和安区"),
    ("shenji", "尹知行", Role.AUDIT_ADMINISTRATOR, "和安区"),
)


def open_accounts(here: Here, *, password: str) -> dict[str, User]:
    """One account and one post each; user name → account."""
    people = {}
    for number, (username, name, role, place) in enumerate(ACCOUNTS, start=1):
        user = services.open_account(
            username=username,
            name=name,
            phone=f"130000000{number:02}",
            password=password,
            actor=None,
            is_demo=True,
            at=here.morning,
        )
        where, since = here.places[place], here.first_day
        services.give_post(user=user, role=role, place=where, started_on=since, actor=None, at=here.morning)
        people[username] = user
    return people
