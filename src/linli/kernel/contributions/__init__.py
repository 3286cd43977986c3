"""What one subject adds to pages it does not own: one registry, names checked at start."""

from typing import TYPE_CHECKING

from linli.kernel import lazily

if TYPE_CHECKING:
    from linli.kernel.contributions.asking import AskedForm
    from linli.kernel.contributions.kinds import (
        Basis,
        FormOffer,
        Hold,
        NavItem,
        NavSection,
        Number,
        PagePart,
        Person,
        PersonalData,
        PortalDoor,
        Reading,
        Remark,
        Searchable,
        SheetOffer,
        Slot,
        Task,
        TaskSource,
        Verb,
    )
    from linli.kernel.contributions.registry import (
        contribute,
        contributions,
        declare_slot,
        held,
        page_parts,
        remarks,
        slots,
    )
    from linli.kernel.contributions.starting import Mistake, mistakes, verify
else:
    __getattr__ = lazily(
        __name__,
        asking="AskedForm",
        kinds=(
            "Basis FormOffer Hold NavItem NavSection Number PagePart Person PersonalData "
            "PortalDoor Reading Remark Searchable SheetOffer Slot Task TaskSource Verb"
        ),
        registry="contribute contributions declare_slot held page_parts remarks slots",
        starting="Mistake mistakes verify",
    )

__all__ = [
    "AskedForm",
    "Basis",
    "FormOffer",
    "Hold",
    "Mistake",
    "NavItem",
    "NavSection",
    "Number",
    "PagePart",
    "Person",
    "PersonalData",
    "PortalDoor",
    "Reading",
    "Remark",
    "Searchable",
    "SheetOffer",
    "Slot",
    "Task",
    "TaskSource",
    "Verb",
    "contribute",
    "contributions",
    "declare_slot",
    "held",
    "mistakes",
    "page_parts",
    "remarks",
    "slots",
    "verify",
]
