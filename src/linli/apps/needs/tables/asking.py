"""回访单: the two questions of the end on one sheet, for whoever has no smartphone and is not reached by telephone."""

from django.utils import timezone

from linli.apps.needs.models import Need
from linli.kernel.documents import Cell, Grid, Head, Layout, Paper, Text, print_paper

SOLVED = "□ 解决了　　□ 没有解决"
CONTENT = "□ 满意　　□ 基本满意　　□ 不满意"


def asking_sheet(need: Need, answer: str, *, code: str, address: str) -> bytes:
    """One page, as PDF: number, what was answered, two questions to tick, and the code to do it online instead."""
    blocks: list[Grid | Head | Text] = [
        Grid(
            [
                [Cell("编号", label=True), Cell(need.number), Cell("地点", label=True), Cell(need.place.name)],
                [Cell("事项", label=True), Cell(need.title, 3)],
                [Cell("答复", label=True), Cell(answer, 3)],
            ],
            4,
        ),
        Head("一、问题解决了吗？"), Text(SOLVED), Head("二、您满意吗？"), Text(CONTENT),
        Head("三、不满意的地方，请写在这里"), Text("　"), Text("　"),
        Text(f"填好后交给社区，由社区录入。也可以打开 {address}，输入查询码 {code} 自己评价。"),
    ]  # fmt: skip
    day = timezone.localdate()
    return print_paper(
        Paper(Layout.FORM, "诉求办理回访单", need.street.name, day, need.number, blocks, address=address)
    )
