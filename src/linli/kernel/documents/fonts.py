"""The type faces of printed papers: a configured folder first, then the free faces that are installed with us."""

from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from django.conf import settings

OFFICIAL = {
    "小标宋": ("FZXiaoBiaoSong-B05S", "方正小标宋简体", "FZXiaoBiaoSong-B05"),
    "仿宋": ("FangSong_GB2312", "FangSong", "仿宋_GB2312", "仿宋", "STFangsong"),
    "楷体": ("KaiTi_GB2312", "KaiTi", "楷体_GB2312", "楷体", "STKaiti"),
    "黑体": ("SimHei", "黑体", "STHeiti"),
    "宋体": ("SimSun", "宋体", "STSong"),
}
"""The faces GB/T 9704-2012 asks for, each with the family names it goes by."""
SUBSTITUTE = "Noto Sans CJK JP"
"""Free, in regular and bold, with the mainland's glyph forms for text marked ``zh-CN``."""


def font_folders() -> list[Path]:
    """Where faces are looked for: ``LINLI_FONTS`` if set, then the installed packages. Never the system's."""
    own = getattr(settings, "LINLI_FONTS", "")
    packages = [Path(str(files(name))) for name in ("noto_cjk_sans_otc", "noto_cjk_sans_jp_bold")]
    return [*([Path(own)] if own else []), *packages]


@lru_cache(maxsize=4)
def _families(folders: tuple[Path, ...]) -> frozenset[str]:
    import typst

    found = typst.Fonts(include_system_fonts=False, font_paths=[str(folder) for folder in folders]).fonts()
    return frozenset(font.family for font in found)


def faces() -> dict[str, list[str]]:
    """For each official face the families to try, those at hand first, the free substitute last."""
    at_hand = _families(tuple(font_folders()))
    return {face: [*(name for name in names if name in at_hand), SUBSTITUTE] for face, names in OFFICIAL.items()}


def substituted() -> tuple[str, ...]:
    """The official faces that are not at hand, so that the page can say what the paper was set in instead."""
    return tuple(face for face, families in faces().items() if families == [SUBSTITUTE])
