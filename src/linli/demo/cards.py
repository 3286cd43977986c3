"""Contact cards of the four communities, each taken as far as its state says, on its own dates."""

from dataclasses import dataclass
from datetime import timedelta

from linli.apps.people import services
from linli.apps.people.services.cards import CardText
from linli.demo.streets import Here
from linli.kernel.publication import PublicationState, publication_of

SHORT = {"银杏社区": "yinxing", "南里社区": "nanli", "桥头社区": "qiaotou", "泉北社区": "quanbei"}
OFFICER = {
    "银杏社区": "linhu.jiedao",
    "南里社区": "linhu.jiedao",
    "桥头社区": "wangqiao.jiedao",
    "泉北社区": "wangqiao.jiedao",
}
WEEK = "周一至周五 9:00—17:30"
DAILY = "周一至周日 9:00—18:00（错时服务）"


@dataclass(frozen=True)
class DemoCard:
    """One card: where, how far, how many days after the first, and its text."""

    community: str
    state: PublicationState
    day: int
    text: CardText


def _card(where: tuple[str, PublicationState, int], title: str, who: tuple[str, str, str], body: str) -> DemoCard:
    office, phone, hours = who
    community, state, day = where
    return DemoCard(community, state, day, CardText(title, f"{community}{office}", phone, hours, body))


CARDS = (
    _card(
        ("银杏社区", PublicationState.PUBLIC, 1),
        "居家养老服务咨询",
        ("综合服务窗口", "010-62880011", DAILY),
        "送餐、助浴、陪诊、家庭养老床位的登记和咨询。行动不便的老人，家属可以代办；"
        "打电话说明情况，工作人员两个工作日内上门。请带身份证和医保卡原件，不收复印件。",
    ),
    _card(
        ("银杏社区", PublicationState.PUBLIC, 3),
        "房屋漏雨和下水堵塞报修",
        ("居住环境岗", "010-62880012", WEEK),
        "公共部位漏雨、楼道下水堵塞、门禁损坏，先打这个电话。社区当天联系产权单位或物业，"
        "三个工作日内告诉您谁来修、什么时候修。家中自用部位由住户联系维修，社区可以提供正规维修单位名单。",
    ),
    _card(
        ("银杏社区", PublicationState.PUBLIC, 8),
        "残疾人证和辅助器具",
        ("民政残联岗", "010-62880013", WEEK),
        "残疾人证的申领、换领，轮椅、助听器等辅助器具的申请。证件到期前三个月可以来换。",
    ),
    _card(
        ("银杏社区", PublicationState.SUBMITTED, 20),
        "暑期少年托管班",
        ("文教岗", "010-62880014", "报名期间 9:00—17:30"),
        "面向本社区小学在读学生，七月六日至八月十四日，周一至周五全天。名额四十人，低保、困境家庭优先，"
        "午餐费按实际收取，其余免费。报名要监护人到场签安全告知书。",
    ),
    _card(
        ("银杏社区", PublicationState.DRAFT, 26),
        "电动自行车充电棚使用",
        ("居住环境岗", "010-62880012", WEEK),
        "三号院、七号院充电棚的办卡、故障报修。棚内充电价格由运营单位公示，社区不收费。",
    ),
    _card(
        ("南里社区", PublicationState.PUBLIC, 4),
        "老旧小区加装电梯意见登记",
        ("议事协调岗", "010-62880021", WEEK),
        "想加装的楼门，先由楼门长登记意向；低层住户的意见同样登记。社区组织全楼协商，"
        "请设计单位到场说明采光、噪声和费用分担。登记不等于同意，签字前随时可以改。",
    ),
    _card(
        ("南里社区", PublicationState.CHECKED, 15),
        "家庭医生签约和体检预约",
        ("卫生健康岗", "010-62880022", WEEK),
        "六十五岁以上居民每年一次免费体检，在这里约时间；签约家庭医生、建立健康档案也打这个电话。",
    ),
    _card(
        ("南里社区", PublicationState.WITHDRAWN, 6),
        "冬季供暖测温预约",
        ("居住环境岗", "010-62880023", "供暖季每天 8:00—20:00"),
        "室温低于18度，可以约工作人员和供暖单位一起上门测温。本季供暖已结束，下一季开始前重新公布。",
    ),
    _card(
        ("桥头社区", PublicationState.PUBLIC, 2),
        "便民服务窗口",
        ("综合服务窗口", "010-62880031", DAILY),
        "开具居住情况证明、办理老年人优待证、预约活动室。能当场办的当场办，不能办的告诉您去哪里、带什么。",
    ),
    _card(
        ("桥头社区", PublicationState.SUBMITTED, 22),
        "法律咨询日",
        ("综合治理岗", "010-62880032", "每月第二个周六 9:00—11:30"),
        "律师到社区接待，婚姻家庭、继承、租赁、邻里纠纷都可以问，不收费，不留姓名也可以。",
    ),
    _card(
        ("泉北社区", PublicationState.PUBLIC, 5),
        "社区食堂订餐和送餐",
        ("为老服务岗", "010-62880041", "每天 8:00—19:00"),
        "七十岁以上老人午餐可以送到家，前一天下午四点前打电话。糖尿病、低盐餐请说明。",
    ),
    _card(
        ("泉北社区", PublicationState.CHECKED, 18),
        "志愿服务记录和证明",
        ("党群服务岗", "010-62880042", WEEK),
        "登记成为志愿者、查询服务时长、开具服务证明。时长由活动组织者记录，有出入的带活动照片来核对。",
    ),
)  # fmt: skip


def write_cards(here: Here) -> None:
    """Draw every card up and take it as far as its state says: by its worker, its secretary, its street."""
    for card in CARDS:
        _write(card, here)


def _write(demo: DemoCard, here: Here) -> None:
    community, people = here.places[demo.community], here.people
    author = people[f"{SHORT[demo.community]}.shegong"]
    steps = (
        (PublicationState.SUBMITTED, services.submit, author),
        (PublicationState.CHECKED, services.check, people[f"{SHORT[demo.community]}.shuji"]),
        (PublicationState.PUBLIC, services.sign_off, people[OFFICER[demo.community]]),
        (PublicationState.WITHDRAWN, services.withdraw, author),
    )
    at = here.at_work(here.morning + timedelta(days=demo.day))
    card = services.draw_up(community=community, text=demo.text, actor=author, at=at)
    for state, verb, actor in steps:
        if publication_of(card).state == demo.state:
            return
        at = here.at_work(at + (timedelta(hours=5) if state == PublicationState.SUBMITTED else timedelta(days=1)))
        verb(card, actor=actor, at=at)
