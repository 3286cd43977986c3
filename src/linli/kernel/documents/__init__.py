"""Documents: official papers as PDF (typst, from JSON) and as Word files (templates with declared fields)."""

from typing import TYPE_CHECKING

from linli.kernel import lazily

if TYPE_CHECKING:
    from linli.kernel.documents.fonts import font_folders, substituted
    from linli.kernel.documents.packages import check_package
    from linli.kernel.documents.printing import PaperFault, paper, render_pdf
    from linli.kernel.documents.slip_papers import slip_sheets
    from linli.kernel.documents.words import render_docx
else:
    __getattr__ = lazily(
        __name__,
        fonts="font_folders substituted",
        packages="check_package",
        printing="PaperFault paper render_pdf",
        slip_papers="slip_sheets",
        words="render_docx",
    )

__all__ = [
    "PaperFault",
    "check_package",
    "font_folders",
    "paper",
    "render_docx",
    "render_pdf",
    "slip_sheets",
    "substituted",
]
