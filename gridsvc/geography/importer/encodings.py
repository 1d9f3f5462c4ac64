"""Encodings of Shapefiles: which one the texts of a .dbf are in, and its texts and field names in it.

The order is .cpg, then the language byte where it names a Chinese code page, then strict UTF-8, then GB18030. Other
language bytes are not believed: programs write them without asking, and Western code pages decode anything.
"""

from collections.abc import Iterable

from gridsvc.core.errors import UnreadableFile

GB = "gb18030"
# Byte 29 of a .dbf: simplified Chinese (936, two spellings), traditional Chinese (950, two spellings).
LANGUAGE_BYTES = {0x4D: GB, 0x7A: GB, 0x4F: "big5", 0x78: "big5"}
CODE_PAGES = {
    "UTF8": "utf-8",
    "65001": "utf-8",
    "GBK": GB,
    "GB2312": GB,
    "GB18030": GB,
    "936": GB,
    "CP936": GB,
    "ANSI936": GB,
    "EUCCN": GB,
    "BIG5": "big5",
    "950": "big5",
    "CP950": "big5",
    "ISO88591": "latin-1",
    "88591": "latin-1",
    "ASCII": "ascii",
}


def chosen_encoding(cpg: str | None, language_byte: int, texts: Iterable[bytes]) -> str:
    """The encoding in which all texts are to be read. Raises UnreadableFile if there is none."""
    samples = list(texts)
    if cpg is not None and (spelled := cpg.strip().upper().replace("-", "").replace("_", "").replace(" ", "")):
        named = CODE_PAGES.get(spelled)
        if named is None:
            raise UnreadableFile("The .cpg file names an unknown encoding.")
        if not _fits(named, samples):
            raise UnreadableFile(f"The .cpg file says {named}, but the texts are not in that encoding.")
        return named
    declared = LANGUAGE_BYTES.get(language_byte)
    for candidate in (declared, "utf-8", GB):
        if candidate is not None and _fits(candidate, samples):
            return candidate
    raise UnreadableFile("The texts are in no known encoding; add a .cpg file that names it.")


def field_name(raw: bytes, encoding: str) -> str:
    """A field name, which is cut off at ten bytes: half a character at its end is left out."""
    for end in range(len(raw), max(len(raw) - 4, -1), -1):
        try:
            return raw[:end].decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode(encoding, errors="replace")


def _fits(encoding: str, samples: Iterable[bytes]) -> bool:
    try:
        for sample in samples:
            sample.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
