"""Finds Chromium, or installs it with apt as root or by sudo: ``python -m tests.support.chromium`` prints its path."""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
PACKAGES = ("chromium", "fonts-noto-cjk")


class NoChromium(Exception):
    """No Chromium was found and none could be installed; the sentence says what to do."""


def find() -> str | None:
    """The path of a Chromium of this machine; ``LINLI_CHROMIUM`` wins."""
    given = os.environ.get("LINLI_CHROMIUM")
    if given:
        return given
    return next((path for path in map(shutil.which, NAMES) if path), None)


def install() -> None:
    """Install Chromium and a Chinese font with apt, where that may be done. Fonts may fail, Chromium may not."""
    apt = shutil.which("apt-get")
    sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if apt is None or (sudo and shutil.which("sudo") is None):
        return
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run([*sudo, apt, "update", "-qq"], env=environment, check=False)
    for package in PACKAGES:
        words = [*sudo, apt, "install", "-y", "-qq", package]
        subprocess.run(words, env=environment, check=False, stdout=subprocess.DEVNULL)


def chromium() -> str:
    """The path of Chromium, installed first where it is missing. Raises NoChromium."""
    path = find()
    if path is None:
        install()
        path = find()
    if path is None:
        sentence = "No Chromium: install it (apt install chromium), or name it in LINLI_CHROMIUM."
        raise NoChromium(sentence)
    return path


if __name__ == "__main__":
    try:
        print(chromium())
    except NoChromium as none:
        print(none, file=sys.stderr)
        raise SystemExit(3) from None
