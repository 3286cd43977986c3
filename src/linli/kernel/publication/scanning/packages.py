"""The parts of an office file, read as bounded XML: no entities, no bombs, nothing run."""

import zipfile
from collections.abc import Iterator
from io import BytesIO
from xml.etree import ElementTree as ET

MOST_UNPACKED = 120 * 1024 * 1024
MOST_PARTS = 2_000


class Unreadable(Exception):
    """The file is damaged, locked, or packed like a bomb."""


class Package:
    """An xlsx or docx, its parts parsed when asked for."""

    def __init__(self, content: bytes) -> None:
        try:
            self._archive = zipfile.ZipFile(BytesIO(content))
            entries = self._archive.infolist()
        except (zipfile.BadZipFile, ValueError, OSError):
            raise Unreadable from None
        if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
            raise Unreadable
        self.names = [entry.filename for entry in entries]
        self._left = MOST_UNPACKED

    def part(self, name: str) -> ET.Element | None:
        """The root of a part; None where there is none. Raises Unreadable."""
        if name not in self.names:
            return None
        try:
            with self._archive.open(name) as file:
                content = file.read(self._left + 1)
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError):
            raise Unreadable from None
        self._left -= len(content)
        bare = content[:4096].replace(b"\0", b"").upper()
        if self._left < 0 or b"<!DOCTYPE" in bare or b"<!ENTITY" in bare:
            raise Unreadable
        try:
            return ET.fromstring(content)  # noqa: S314  # entities and document types were refused above
        except ET.ParseError:
            raise Unreadable from None

    def parts(self, beginning: str) -> Iterator[tuple[str, ET.Element]]:
        """(name, root) of every XML part whose name begins so, in the order of names."""
        for name in sorted(self.names):
            if name.startswith(beginning) and name.endswith(".xml"):
                root = self.part(name)
                if root is not None:
                    yield name, root

    def relations(self, name: str) -> dict[str, str]:
        """Id → target of the relations of a part, targets from the root of the package."""
        folder, _slash, file = name.rpartition("/")
        root = self.part(f"{folder}/_rels/{file}.rels")
        found = {}
        for node in root if root is not None else ():
            target = node.get("Target") or ""
            found[node.get("Id") or ""] = _joined(folder, target)
        return found


def _joined(folder: str, target: str) -> str:
    if target.startswith("/"):
        return target[1:]
    steps = folder.split("/") if folder else []
    for step in target.split("/"):
        if step == "..":
            steps = steps[:-1]
        else:
            steps.append(step)
    return "/".join(steps)


def local(node: ET.Element) -> str:
    """The name of an element without its namespace."""
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def attribute(node: ET.Element, name: str) -> str:
    """An attribute by its name without namespace; "" where it is not."""
    for key, value in node.attrib.items():
        if key.rpartition("}")[2] == name:
            return value
    return ""
