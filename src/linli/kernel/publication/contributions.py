"""The settings of a street for what becomes public."""

from django.utils.translation import gettext_lazy as _

from linli.kernel.settings.declaring import Declared, declare

declare(
    Declared(
        "publication.words",
        _("Own words of hardship and illness, beside which no name may be public (separated by 、)"),
        str,
        "",
        source="个人信息保护法第二十八条",
        grade="A",
    )
)
declare(
    Declared(
        "publication.may_stand",
        _("Telephones and addresses of offices that may be public, and words that are no names (separated by 、)"),
        str,
        "",
        source="街道自定",
        grade="K",
    )
)
