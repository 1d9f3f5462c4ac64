"""Encoding a photo anew, in a bounded child process: what comes out holds the picture and nothing else.

Position, device, comments, previews and whatever else a file carries beside its picture are left behind, for only the
picture is decoded and written again. Loaded by `gridsvc.infra.bounded_child` alone.
"""

import base64
import io
import warnings
from pathlib import Path
from typing import Any

from gridsvc.core.errors import Fault, UnreadableFile

FORMATS = ("JPEG", "PNG", "WEBP")
MOST_PIXELS = 50_000_000
LONGEST_EDGE_PX = 2048
QUALITY = 82


def prepare(_: dict[str, Any]) -> None:
    """Load what decodes."""
    from PIL import Image, JpegImagePlugin, PngImagePlugin, WebPImagePlugin  # noqa: F401


def answer(order: dict[str, Any]) -> dict[str, Any]:
    """The picture in the file `order["name"]` as a JPEG in base64, with its size; refuses what is none or too large."""
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        with Image.open(Path(order["name"]), formats=FORMATS) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise _refusal("too_many_pixels", f"A photo has at most {MOST_PIXELS // 1_000_000} million pixels.")
            opened.draft("RGB", (LONGEST_EDGE_PX, LONGEST_EDGE_PX))
            upright = ImageOps.exif_transpose(opened)
            upright.thumbnail((LONGEST_EDGE_PX, LONGEST_EDGE_PX))
            picture = Image.new("RGB", upright.size, "white")
            picture.paste(upright.convert("RGBA"), mask=upright.convert("RGBA").getchannel("A"))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _refusal("too_many_pixels", "The photo unpacks to more pixels than a photo has.") from None
    except (OSError, ValueError, SyntaxError, IndexError, MemoryError, OverflowError):
        raise _refusal("not_a_photo", "This is no whole JPEG, PNG or WebP picture.") from None
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=QUALITY, optimize=True)
    return {
        "jpeg": base64.b64encode(written.getvalue()).decode(),
        "width_px": picture.width,
        "height_px": picture.height,
    }


def _refusal(code: str, message: str) -> UnreadableFile:
    return UnreadableFile(message, faults=[Fault("body", code, message)])
