"""The export of a grid or 综治 system: its columns, and the headings whose cells are never read."""

import re

from linli.apps.needs.tables.dispatch import declared
from linli.kernel.tables.declared import Type, folded

CASES = (
    declared(
        "number", "案件编号", "案件号 案卷编号 案卷号 任务号 事件编号 事件编码 案件编码 编号", length=60, needed=True
    ),
    declared("reported", "上报时间", "发现时间 采集时间 登记时间 受理时间 发生时间", Type.MOMENT),
    declared("filed", "立案时间", "立案日期", Type.MOMENT),
    declared("dispatched", "派遣时间", "派单时间 派发时间 交办时间 分派时间", Type.MOMENT),
    declared("limit", "处置时限", "处理时限 办理时限 时限 处置时限要求", length=40),
    declared("due", "处置截止时间", "截止时间 到期时间 处置期限 应结案时间 应完成时间", Type.MOMENT),
    declared("title", "案件名称", "事件名称 案件标题 标题 事件标题"),
    declared(
        "content", "问题描述", "案件描述 事件描述 描述 事件内容 内容 问题内容 情况描述", length=20_000, needed=True
    ),
    declared("point", "位置描述", "地址描述 事发地址 事发地点 发生地点 发生位置 位置 地址 地点 点位"),
    declared("street", "所属街道", "街道 街道名称 所属街镇 街镇 所属街乡", length=80),
    declared("community", "所属社区", "社区 社区名称 所属社村", length=80),
    declared("grid", "网格", "所属网格 网格名称 责任网格 单元网格 所属单元网格", length=80),
    declared("class_1", "问题类型", "案件类型 事件类型 事件类别 案件类别 类型", length=80),
    declared("class_2", "问题大类", "大类 大类名称 案件大类 事件大类", length=80),
    declared("class_3", "问题小类", "小类 小类名称 案件小类 事件小类", length=80),
    declared("unit", "处置部门", "责任部门 责任单位 处置单位 承办单位 主责部门 专业部门"),
    declared("source", "问题来源", "案件来源 事件来源 来源 上报来源", length=40),
    declared("stage", "状态", "案件状态 事件状态 当前状态 当前阶段 案件阶段 办理状态", length=40),
    declared("reply", "处置结果", "处理结果 处置情况 处置意见 办理结果 反馈内容", length=20_000),
    declared("replied", "结案时间", "办结时间 结案日期 处置完成时间 完成时间", Type.MOMENT),
)
"""What such an export may hold; more columns are asked about, but for those that are never read."""

_PERSONS = re.compile(
    "身份证|证件|姓名|电话|手机|联系方式|人员|户籍|户口|民族|出生|年龄|性别|车牌|采集员|监督员|(?:人|员)$"
)
_POLICE = re.compile("警情|接警|处警|出警|报警|报案|民警|受案|笔录|涉案|嫌疑|违法人|犯罪")


def is_of_police(heading: str) -> bool:
    """Whether the column comes out of a police file: such a file is not even kept."""
    return bool(_POLICE.search(folded(heading)))


def is_never_read(heading: str) -> bool:
    """Whether the column tells who somebody is, who went round, or what the police keep: nobody can have it read."""
    return bool(_PERSONS.search(folded(heading))) or is_of_police(heading)
