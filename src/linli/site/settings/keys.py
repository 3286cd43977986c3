"""Secrets live in a folder of their own, outside the database; they are made on the first start."""

import os
import secrets
from pathlib import Path


def django_secret(folder: Path) -> str:
    """The signing key of sessions and forms. ``DJANGO_SECRET_KEY`` wins; else ``<folder>/django.key`` (0600)."""
    given = os.environ.get("DJANGO_SECRET_KEY")
    if given:
        return given
    path = folder / "django.key"
    if path.exists():
        return path.read_text(encoding="ascii").strip()
    value = secrets.token_urlsafe(48)
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        # made by another process meanwhile; or the folder is a file, which the command reports
        return path.read_text(encoding="ascii").strip() if path.exists() else value
    except OSError:
        return value  # a folder that cannot be written is reported by the command, in one sentence
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(value)
    return value
