"""Rows that become cards on a phone: every cell knows the head it stands under."""

from linli.kernel.ui.cells import heads_in, labelled

HEADS = ("名称", "状态")


def test_it_writes_the_head_of_its_column_on_each_cell() -> None:
    rows = '<tr><th scope="row">甲</th><td class="num">1</td></tr><tr><td>乙</td><td>2</td></tr>'
    assert labelled(rows, HEADS) == (
        '<tr><th scope="row">甲</th><td data-label="状态" class="num">1</td></tr>'
        '<tr><td data-label="名称">乙</td><td data-label="状态">2</td></tr>'
    )


def test_it_leaves_a_cell_alone_that_spans_columns_or_has_no_head() -> None:
    rows = '<tr><td colspan="2">还没有</td></tr><tr><td>1</td><td>2</td><td>3</td></tr>'
    assert labelled(rows, HEADS) == (
        '<tr><td colspan="2">还没有</td></tr>'
        '<tr><td data-label="名称">1</td><td data-label="状态">2</td><td>3</td></tr>'
    )


def test_it_does_not_take_heads_and_bodies_of_tables_for_cells() -> None:
    assert labelled("<thead><track><tdx></thead>", HEADS) == "<thead><track><tdx></thead>"


def test_it_reads_the_heads_that_a_page_wrote_itself() -> None:
    assert heads_in('<th scope="col">名称</th> <th class="num"><span>数量</span></th>') == ["名称", "数量"]


def test_it_escapes_a_head_in_the_label() -> None:
    assert labelled("<td>1</td>", ['"<b>']) == '<td data-label="&quot;&lt;b&gt;">1</td>'
