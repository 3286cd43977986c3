"""What the street kept in Excel before this house: projects of two years and their score tables."""

from linli.apps.projects.models import EarlierProject
from linli.apps.projects.services import take_over_earlier, take_over_scores
from linli.demo.bodies import PAINTERS, WARM
from linli.demo.streets import MAIN, STREET, Here

REGISTER = (
    (2015, "2015-01", "楼门文化墙", PAINTERS, "宣传教育类", "12000.00", "良好", "84.50", "91.20"),
    (2015, "2015-02", "空巢老人午餐桌", WARM, "扶贫帮困类", "46000.00", "优秀", "92.30", "97.10"),
    (2016, "2016-01", "闲置物品换换乐", "银杏居民议事小组", "便民利民类", "8000.00", "合格", "73.00", "88.40"),
    (2016, "2016-02", "认知症友好楼门", WARM, "卫生保健类", "38500.00", "优秀", "90.80", "95.60"),
)
SCORES = (
    ("2015-02", ("90", "93", "94", "89", "95"), {"told": "92.33", "rank": 1, "grade": "优秀"}),
    ("2016-01", ("70", "75", "74"), {"told": "73.00", "rank": 2, "grade": "合格"}),
    ("2016-02", ("88", "92", "95"), {"told": "90.80", "rank": 1, "grade": "优秀"}),
)
"""One of them does not follow from its marks, as happens in tables kept by hand."""


def take_over(here: Here) -> None:
    """The register, then the score tables."""
    street, main = here.places[STREET], here.places[MAIN]
    names = ("year", "number", "title", "bearer_name", "kind", "amount", "grade", "score", "satisfaction")
    rows = [
        {**dict(zip(names, line, strict=True)), "street": street.code, "place": main.code, "state": "已结项"}
        for line in REGISTER
    ]
    take_over_earlier(
        rows, streets={street.code: street}, places={main.code: main}, organizations=here.organizations, is_demo=True
    )
    projects = {row.number: row for row in EarlierProject.objects.filter(street=street)}
    scores = [
        {"project": number, "stage": "结项", "marks": [f"{mark}.00" for mark in marks], **told}
        for number, marks, told in SCORES
    ]
    take_over_scores(scores, projects=projects)
