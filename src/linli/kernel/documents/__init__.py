"""Documents: official papers as PDF and Word, from one description or from templates; issued numbers recorded back."""

from typing import TYPE_CHECKING

from linli.kernel import lazily

if TYPE_CHECKING:
    from linli.kernel.documents.fonts import font_folders, substituted
    from linli.kernel.documents.issuing import (
        correct_issue,
        issued,
        issued_with_corrections,
        may_issue,
        record_issue,
        tidy_number,
    )
    from linli.kernel.documents.layouts.blocks import (
        Attachment,
        Cell,
        Column,
        FilledBy,
        Grid,
        Head,
        Imprint,
        Layout,
        NewSheet,
        Opinion,
        Paper,
        Rows,
        Signatures,
        Text,
        yuan_in_capitals,
    )
    from linli.kernel.documents.layouts.pages import print_paper
    from linli.kernel.documents.layouts.writing import write_paper
    from linli.kernel.documents.models import IssuedCorrection, IssuedNumber
    from linli.kernel.documents.packages import check_package
    from linli.kernel.documents.printing import PaperFault, paper, render_pdf
    from linli.kernel.documents.slip_papers import slip_sheets
    from linli.kernel.documents.words import render_docx
else:
    __getattr__ = lazily(
        __name__,
        fonts="font_folders substituted",
        issuing="correct_issue issued issued_with_corrections may_issue record_issue tidy_number",
        models="IssuedCorrection IssuedNumber",
        packages="check_package",
        printing="PaperFault paper render_pdf",
        slip_papers="slip_sheets",
        words="render_docx",
        **{
            "layouts.blocks": (
                "Attachment Cell Column FilledBy Grid Head Imprint Layout NewSheet Opinion Paper Rows Signatures Text "
                "yuan_in_capitals"
            ),
            "layouts.pages": "print_paper",
            "layouts.writing": "write_paper",
        },
    )

__all__ = [
    "Attachment",
    "Cell",
    "Column",
    "FilledBy",
    "Grid",
    "Head",
    "Imprint",
    "IssuedCorrection",
    "IssuedNumber",
    "Layout",
    "NewSheet",
    "Opinion",
    "Paper",
    "PaperFault",
    "Rows",
    "Signatures",
    "Text",
    "check_package",
    "correct_issue",
    "font_folders",
    "issued",
    "issued_with_corrections",
    "may_issue",
    "paper",
    "print_paper",
    "record_issue",
    "render_docx",
    "render_pdf",
    "slip_sheets",
    "substituted",
    "tidy_number",
    "write_paper",
    "yuan_in_capitals",
]
