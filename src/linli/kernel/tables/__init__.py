"""Tables in and out: Excel and csv read, checked, staged, previewed and taken over in one statement; fast exports."""

from typing import TYPE_CHECKING

from linli.kernel import lazily

if TYPE_CHECKING:
    from linli.kernel.tables.at_once import take_in
    from linli.kernel.tables.badrows import problems_of, write_bad_rows
    from linli.kernel.tables.deciding import OTHER, decide, decide_all
    from linli.kernel.tables.declared import Column, Into, Match, Problem, Sheet, Type
    from linli.kernel.tables.importing import again, cancel, commit, confirm, forget_old, start
    from linli.kernel.tables.models import Change, Doubt, Import, ImportState, StagedRow
    from linli.kernel.tables.offers import offer_named, offers_for, require_allowed, sheet_named
    from linli.kernel.tables.reasons import add_reason
    from linli.kernel.tables.template import template_of
    from linli.kernel.tables.watching import is_given_up
    from linli.kernel.tables.writing import write_csv, write_xlsx
else:
    __getattr__ = lazily(
        __name__,
        at_once="take_in",
        badrows="problems_of write_bad_rows",
        deciding="OTHER decide decide_all",
        declared="Column Into Match Problem Sheet Type",
        importing="again cancel commit confirm forget_old start",
        models="Change Doubt Import ImportState StagedRow",
        offers="offer_named offers_for require_allowed sheet_named",
        reasons="add_reason",
        template="template_of",
        watching="is_given_up",
        writing="write_csv write_xlsx",
    )

__all__ = [
    "OTHER",
    "Change",
    "Column",
    "Doubt",
    "Import",
    "ImportState",
    "Into",
    "Match",
    "Problem",
    "Sheet",
    "StagedRow",
    "Type",
    "add_reason",
    "again",
    "cancel",
    "commit",
    "confirm",
    "decide",
    "decide_all",
    "forget_old",
    "is_given_up",
    "offer_named",
    "offers_for",
    "problems_of",
    "require_allowed",
    "sheet_named",
    "start",
    "take_in",
    "template_of",
    "write_bad_rows",
    "write_csv",
    "write_xlsx",
]
