"""The dispatch export of the hotline's platform: its columns in the words that platforms print above them."""

from linli.kernel.tables.declared import Column, Type

SATISFIED, ACCEPTABLE, DISSATISFIED = "satisfied", "acceptable", "dissatisfied"


def declared(
    key: str, title: str, words: str = "", sort: Type = Type.TEXT, *, length: int = 200, needed: bool = False
) -> Column:
    """A column with its further words parted by blanks."""
    return Column(key, title, type=sort, synonyms=tuple(words.split()), max_length=length, required=needed)


_MOMENT, _YES_NO = Type.MOMENT, Type.YES_NO
_CONTENT = "主要内容 工单内容 反映内容 来电内容 投诉件内容 留言详情 问题描述 内容 事项内容"

DISPATCH = (
    declared("number", "工单编号", "工单号 编号 案件编号 受理编号 留言编号 流水号 id", length=60, needed=True),
    declared("dispatched", "派单时间", "派发时间 下派时间 受理时间 登记时间 来电时间 留言时间 时间", _MOMENT),
    declared("limit", "办理时限", "时限 处理时限 承办时限 时限要求 工单时限", length=40),
    declared("due", "截止时间", "到期时间 办结期限 办理截止时间 应办结时间 最迟办结时间", _MOMENT),
    declared("caller", "诉求人", "来电人 市民姓名 联系人 姓名 反映人 来电人姓名", length=60),
    declared("phone", "联系电话", "来电号码 联系方式 电话 手机号 来电电话 主叫号码", length=60),
    declared("title", "标题", "工单标题 事项标题 留言主题 主题 诉求标题"),
    declared("content", "诉求内容", _CONTENT, length=20_000, needed=True),
    declared("point", "点位", "问题点位 发生地址 诉求地址 问题地址 被反映地址 地址 发生地点 地点"),
    declared("class_1", "一级分类", "问题大类 一级类别 大类 问题分类", length=80),
    declared("class_2", "二级分类", "二级类别 问题小类 中类", length=80),
    declared("class_3", "三级分类", "三级类别 小类 细类", length=80),
    declared("unit", "承办单位", "主办单位 处理单位 责任单位 承办部门 派发单位"),
    declared("source", "来源渠道", "信息来源 诉求来源 渠道 受理渠道 工单来源 来源", length=40),
    declared("nature", "诉求类型", "性质 工单类型 诉求性质 工单类别", length=40),
    Column(
        "transfers", "转派次数", type=Type.WHOLE, synonyms=("转处理次数", "转办次数", "流转次数"), least=0, most=999
    ),
    declared("whistled", "是否吹哨", "吹哨 吹哨工单", _YES_NO),
    declared("returned", "是否退单", "退单 退单状态", _YES_NO),
    declared("excluded", "是否剔除", "剔除 剔除工单 是否不计入考核", _YES_NO),
    declared("reply", "答复内容", "办理结果 处理结果 回复内容 答复意见 回复1 办理情况 反馈内容", length=20_000),
    declared("replied", "答复时间", "办结时间 回复时间 反馈时间 完成时间", _MOMENT),
    declared("reached", "是否联系", "回访是否联系 是否响应 响应情况 联系情况", _YES_NO),
    declared("solved", "是否解决", "回访是否解决 解决情况 回访解决情况 解决状态", _YES_NO),
    declared("satisfied", "是否满意", "满意度 回访是否满意 满意情况 回访满意度 满意状态", length=20),
    declared("called_back", "回访时间", "回访日期 评价时间", _MOMENT),
)
"""What an export may hold (documents.md, paper 31); more columns are asked about, never dropped in silence."""

OWN = (
    declared("number", "编号", "原编号 登记编号 序号 流水号 id", length=60),
    declared("dispatched", "登记时间", "受理时间 时间 反映时间 日期 来访时间", _MOMENT),
    declared("caller", "反映人", "姓名 居民姓名 联系人 诉求人", length=60),
    declared("phone", "联系电话", "电话 联系方式 手机号", length=60),
    declared("title", "标题", "主题 事项标题"),
    declared("content", "反映事项", "内容 事项 诉求内容 反映内容 问题描述 主要内容", length=20_000, needed=True),
    declared("point", "地点", "地址 点位 发生地点"),
    declared("class_1", "类别", "分类 一级分类 问题类别", length=80),
    declared("source", "来源渠道", "渠道 来源 信息来源", length=40),
)
"""A list of needs that was kept in Excel until now."""

CONTENT_WORDS = {
    **dict.fromkeys(("满意", "非常满意", "很满意", "比较满意", "是", "1"), SATISFIED),
    **dict.fromkeys(("基本满意", "一般"), ACCEPTABLE),
    **dict.fromkeys(("不满意", "很不满意", "非常不满意", "较不满意", "否", "0"), DISSATISFIED),
}
"""How content somebody was, in the words of call-backs."""
