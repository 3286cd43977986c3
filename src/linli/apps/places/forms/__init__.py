"""The shape of what is entered about places."""

from linli.apps.places.forms.address import AddressForm
from linli.apps.places.forms.houses import BuildingForm, CoverForm, DoorsForm, EstateForm, StairwellForm
from linli.apps.places.forms.known import EquipmentForm, FigureForm, OutlineForm
from linli.apps.places.forms.tree import EndForm, FoundForm, MergeForm, RecodeForm, RenameForm, SplitForm

__all__ = [
    "AddressForm",
    "BuildingForm",
    "CoverForm",
    "DoorsForm",
    "EndForm",
    "EquipmentForm",
    "EstateForm",
    "FigureForm",
    "FoundForm",
    "MergeForm",
    "OutlineForm",
    "RecodeForm",
    "RenameForm",
    "SplitForm",
    "StairwellForm",
]
