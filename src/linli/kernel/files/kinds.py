"""Files as records that others can point at."""

from django.utils.translation import gettext_lazy as _

from linli.kernel.files.models import StoredFile
from linli.kernel.files.reading import visible_to
from linli.kernel.refs import Kind, register

FILE = register(Kind(name="files.file", model=StoredFile, title=_("File"), visible_to=visible_to))
