"""The two columns of a personal value: the sealed text, and the keyed hash by which it is found."""

from typing import TYPE_CHECKING, Any

from django.core import checks
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.query_utils import DeferredAttribute
from django.db.models.signals import pre_save

from linli.kernel.errors import Refusal
from linli.kernel.privacy.sealed import Sealed, Token
from linli.kernel.privacy.sorts import ADDRESS, Sort, fingerprint_of_tidy
from linli.kernel.scope import nobody

if TYPE_CHECKING:
    Text = models.TextField[Any, Any]
    Short = models.CharField[Any, Any]
else:
    Text, Short = models.TextField, models.CharField


class SealedAttribute(DeferredAttribute):
    """Hands out the :class:`Sealed` of a row's column, whatever was put in."""

    field: "SealedText"

    def __get__(self, instance: models.Model | None, cls: Any = None) -> Any:
        return self if instance is None else super().__get__(instance, cls)

    def __set__(self, instance: models.Model, value: Any) -> None:
        if isinstance(value, Sealed):
            sealed = value.moved_to(instance) if value.row is not instance else value
        else:
            sealed = Sealed(self.field, instance, value if value is not None else "")
        instance.__dict__[self.field.attname] = sealed


class SealedText(Text):
    """Text that stands encrypted in the database, bound to its row and column.

    ``sort`` says how the value is written and masked; ``may_reveal`` (a predicate, by default nobody) who may
    see it in full, with a reason. Reading gives a :class:`Sealed`. It cannot be searched: give it a
    :class:`Fingerprint` beside it. It cannot be set by ``QuerySet.update``, which knows no row to bind it to.
    """

    descriptor_class = SealedAttribute
    personal = True

    def __init__(self, *args: Any, sort: Sort = ADDRESS, may_reveal: Any = nobody, **options: Any) -> None:
        options.setdefault("default", "")
        super().__init__(*args, **options)
        self.sort = sort
        self.may_reveal = may_reveal

    def check(self, **options: Any) -> list[checks.CheckMessage]:
        found = super().check(**options)
        if self.null or not self.model._meta.pk.has_default():
            found.append(
                checks.Error("a sealed column is not null, and its row knows its key before it is saved", obj=self)
            )
        return found

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Token | None:
        return None if value is None else Token(value)

    def get_prep_value(self, value: Any) -> Any:
        if isinstance(value, Sealed):
            return value.sealed_token()
        if value in ("", None) or isinstance(value, Token):
            return value or ""
        message = f"{self.name} is sealed: save the row to set it, look for its fingerprint to find it"
        raise TypeError(message)

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        """Check the text of a form by its sort. Raises ValidationError."""
        if isinstance(value, Sealed) and value.fresh and value:
            try:
                self.sort.tidy(value.for_machine(because="checking"))
            except Refusal as refusal:
                raise ValidationError(refusal.sentence, code=refusal.code) from refusal  # type: ignore[arg-type]  # lazy text
        if not value and not self.blank:
            raise ValidationError(self.error_messages["blank"], code="blank")
        return value

    def value_from_object(self, obj: models.Model) -> str:
        """A form starts with the masked form."""
        return str(getattr(obj, self.attname))

    def save_form_data(self, instance: models.Model, data: Any) -> None:
        """The masked form sent back unchanged leaves the value as it is."""
        if data and str(getattr(instance, self.attname)) == data:
            return
        setattr(instance, self.attname, data)

    def formfield(self, **options: Any) -> Any:
        from django.forms import TextInput

        return super().formfield(**{"widget": TextInput(attrs={"autocomplete": "off"}), **options})


class Fingerprint(Short):
    """The keyed hash of the sealed column ``of``, kept in step on save.

    Find rows by ``filter(phone_print__in=fingerprints(PHONE, text))``. With ``null=True`` an empty value is
    NULL, so that the column may be unique.
    """

    def __init__(self, *args: Any, of: str = "", **options: Any) -> None:
        options.setdefault("max_length", 64)
        options.setdefault("editable", False)
        options.setdefault("blank", True)
        if not options.get("null"):
            options.setdefault("default", "")
        super().__init__(*args, **options)
        self.of = of

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        return name, path, args, {**options, "of": self.of}

    def contribute_to_class(self, cls: type[models.Model], name: str, *args: Any, **options: Any) -> None:
        super().contribute_to_class(cls, name, *args, **options)
        if not cls._meta.abstract:
            pre_save.connect(self._refuse_half_a_save, sender=cls)

    def _refuse_half_a_save(self, sender: Any, instance: models.Model, **options: Any) -> None:
        chosen = options.get("update_fields")
        if chosen and self.of in chosen and self.name not in chosen:
            message = f"save {self.name!r} together with {self.of!r}"
            raise ValueError(message)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:  # noqa: FBT001  # Django's signature
        sealed = model_instance.__dict__.get(self.of)
        if isinstance(sealed, Sealed) and sealed.fresh:
            empty = None if self.null else ""
            value = fingerprint_of_tidy(sealed.column.sort, sealed.tidied()) if sealed else empty
            setattr(model_instance, self.attname, value)
        return super().pre_save(model_instance, add)
