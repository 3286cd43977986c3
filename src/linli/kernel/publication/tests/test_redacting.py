"""What may not be public is taken out of a text; buildings and what happened stay."""

import pytest

from linli.kernel.publication.redacting import redacted

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]

TEXTS = {
    "2号楼3单元502门口的路灯不亮": "2号楼门口的路灯不亮",
    "请打13800010001找我": "请打〔隐去〕找我",
    "京A12345长期占道": "〔隐去〕长期占道",
    "新能源车京AD12345占着充电位": "新能源车〔隐去〕占着充电位",
    "业主何素芬，车棚着过火": "业主某某，车棚着过火",
    "陶书记答应过，李阿姨也听见了": "某书记答应过，某阿姨也听见了",
    "2号楼东侧的路灯不亮": "2号楼东侧的路灯不亮",
}


@pytest.mark.parametrize("text", TEXTS)
def test_it_takes_out_who_and_which_door(text: str) -> None:
    assert redacted(text) == TEXTS[text]


def test_it_takes_out_names_that_are_known() -> None:
    assert redacted("素芬姐家楼下积水", names=["素芬"]) == "某某姐家楼下积水"
