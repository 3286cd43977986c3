"""Words of danger and matters that belong elsewhere: never a real one missed, the desk not flooded."""

import pytest

from linli.apps.needs.kinds import belongs_elsewhere, dangers_in, elsewhere_kinds

pytestmark = pytest.mark.sqlite_only

REAL = {
    "3号楼着火了": ["fire"],
    "着火啦！！快来人": ["fire"],
    "楼 道 里 着 火 了": ["fire"],
    "电瓶车在楼道起火，浓烟很大": ["fire"],
    "灭火器没压力，着火了灭不了": ["fire"],
    "火锅店着火了": ["fire"],
    "吃着火锅看见隔壁失火": ["fire"],
    "我怕着火了吧，一屋子糊味": ["fire"],
    "不知是不是着火了": ["fire"],
    "上次着火今天又着火": ["fire"],
    "之前报过消防隐患，现在起火了": ["fire"],
    "发生一起火灾": ["fire"],
    "去年修的灭火栓没水，现在楼上着火": ["fire"],
    "5单元冒烟": ["fire"],
    "高压锅爆炸": ["fire"],
    "厨房煤气泄漏": ["gas"],
    "楼道里一股燃气味儿": ["gas"],
    "施工把燃气管道挖漏了": ["gas"],
    "老人煤气中毒": ["gas"],
    "我不想活了": ["suicide"],
    "楼上有人要跳下去": ["suicide"],
    "邻居给我发了遗书": ["suicide"],
    "隔壁男的打老婆，喊救命": ["violence"],
    "有人持刀": ["violence"],
    "广场上有人拿着刀乱砍": ["violence"],
    "隔壁天天打孩子": ["child"],
    "孩子在公园走失": ["child"],
    "小孩掉进化粪池": ["child"],
    "老人摔倒在雪地里起不来": ["life"],
    "两个人困在3号电梯里": ["life"],
    "独居老人昏迷，没有呼吸": ["life"],
    "有人触电": ["life"],
}
ORDINARY = [
    "灭火器过期了没人换",
    "楼下火锅店油烟大",
    "消防通道被占，存在火灾隐患",
    "楼道堆物容易着火",
    "电动车进楼，万一着火了谁负责",
    "担心电线老化引起火灾",
    "等着火车站公交的人没地方坐",
    "物业的人一说就发火",
    "生意大火，停车占了小区的路",
    "一起火锅聚餐的活动什么时候办",
    "社区什么时候办消防演练",
    "烧烤店烟囱天天冒烟",
    "火警铃坏了",
    "没有着火，是误报",
    "去年着火烧坏的电表箱还没修",
    "煤气费在哪里交",
    "燃气改造什么时候到我们楼",
    "自行车胎漏气，哪里能打气",
    "物业费跳楼价是骗人的",
    "空调滴水，晚上热死了",
    "噪音太大，吵死人",
    "请装防跳楼护栏",
    "打架子鼓扰民",
    "请打我电话联系",
    "被打扫的垃圾又倒回来",
    "占了救命通道",
    "两条狗打架，没人管",
    "给孩子打疫苗要带什么",
    "孩子的自行车不见了",
    "手机掉进井里",
    "一直被困扰",
    "外墙皮坠落物砸车",
    "路灯坏了，晚上黑",
    "",
    "😀😀",
]
ELSEWHERE = {
    "我要举报书记贪污": ["discipline"],
    "主任收黑钱": ["discipline"],
    "信访复查意见不服": ["petition"],
    "法院二审判决没执行": ["court"],
    "我被诈骗了三万": ["police"],
    "派出所不立案": ["police"],
    "我手里有一份绝密文件": ["secret"],
}
OURS = [
    "希望社区办防诈骗宣传",
    "防盗门坏了",
    "反诈宣传车太吵",
    "垃圾腐败变质有臭味",
    "再不修我就去上访",
    "社区工作人员态度不好",
    "请给我保密",
    "小区门禁坏了，外人随便进",
]


@pytest.mark.parametrize("text", REAL)
def test_it_hears_a_real_danger(text: str) -> None:
    assert [one.code for one in dangers_in(text)][: len(REAL[text])] == REAL[text]


@pytest.mark.parametrize("text", ORDINARY)
def test_it_takes_an_ordinary_matter_for_what_it_is(text: str) -> None:
    assert [(one.code, one.words) for one in dangers_in(text)] == []


@pytest.mark.parametrize("text", ELSEWHERE)
def test_it_knows_what_belongs_elsewhere(text: str) -> None:
    assert [one.code for one in belongs_elsewhere(text)] == ELSEWHERE[text]


@pytest.mark.parametrize("text", OURS)
def test_it_keeps_what_is_the_streets_own(text: str) -> None:
    assert [one.code for one in belongs_elsewhere(text)] == []


def test_it_names_whom_to_call_first() -> None:
    assert {one.code: one.call for one in dangers_in("家里着火，孩子被困，有人要跳楼，还有人打人，煤气泄漏")} == {
        "fire": ("119",),
        "gas": ("119", "120"),
        "suicide": ("110", "120"),
        "violence": ("110",),
        "child": ("110", "120"),
        "life": ("120", "119"),
    }
    assert elsewhere_kinds()["discipline"].phone == "12388"


def test_it_reads_a_hundred_kilobytes_at_once() -> None:
    assert [one.code for one in dangers_in("楼道灯坏了。" * 20_000)] == []
    assert [one.code for one in dangers_in("着火了" + "楼道灯坏了。" * 20_000)] == ["fire"]
