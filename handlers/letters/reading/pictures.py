"""Pictures of pages made fit for recognising: upright, straight, even light, about 200 dots an inch."""

import io
import struct
from itertools import pairwise

from PIL import Image, ImageChops, ImageFilter, ImageOps, UnidentifiedImageError

SHORT_SIDE = 1654  # A4 at 200 dpi; more costs time and reads no better
_MOST_PIXELS = 64_000_000  # a phone's photo has up to 50 million
_STEEPEST = 8.0  # degrees a sheet on a scanner or a photo leans
_SIGNS = ((b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpg"), (b"II*\0", "tif"), (b"MM\0*", "tif"), (b"BM", "bmp"))


class NoPicture(Exception):
    """Not a picture this program opens, damaged, or too large to open safely."""


def is_picture(content: bytes) -> bool:
    webp = content[:4] == b"RIFF" and content[8:12] == b"WEBP"
    return webp or any(content.startswith(sign) for sign, _ in _SIGNS)


def opened(content: bytes) -> list[Image.Image]:
    """The pictures of a file (a TIFF may hold several), upright as the camera says, grey."""
    try:
        with Image.open(io.BytesIO(content), formats=["PNG", "JPEG", "TIFF", "BMP", "WEBP"]) as file:
            if file.width * file.height > _MOST_PIXELS:
                raise NoPicture("too large")
            count = min(getattr(file, "n_frames", 1), 25)
            return [_frame(file, number) for number in range(count)]
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, struct.error) as error:
        raise NoPicture(str(error)) from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise NoPicture("too large") from error


def _frame(file: Image.Image, number: int) -> Image.Image:
    if number:
        file.seek(number)
    upright = ImageOps.exif_transpose(file)
    if upright.mode in ("RGBA", "LA", "P"):
        whole = upright.convert("RGBA")
        upright = Image.alpha_composite(Image.new("RGBA", whole.size, "white"), whole)
    return upright.convert("L")


def photo(picture: Image.Image) -> Image.Image:
    """A photograph of a letter: sized, lit evenly, straightened."""
    return straight(evenly_lit(sized(picture)))


def sized(picture: Image.Image) -> Image.Image:
    """Messengers shrink photos, cameras make them large: both are brought to about 200 dpi."""
    factor = SHORT_SIDE / max(1, min(picture.size))
    if 0.9 < factor < 1.1:
        return picture
    size = (max(1, round(picture.width * factor)), max(1, round(picture.height * factor)))
    if size[0] * size[1] > _MOST_PIXELS:
        raise NoPicture("too long")
    return picture.resize(size, Image.Resampling.LANCZOS)


def evenly_lit(picture: Image.Image) -> Image.Image:
    """Shadows and a lamp's glow taken out: every spot is compared with the paper around it."""
    small = picture.resize((max(1, picture.width // 8), max(1, picture.height // 8)), Image.Resampling.BOX)
    paper = small.filter(ImageFilter.MaxFilter(9)).filter(ImageFilter.GaussianBlur(6)).resize(picture.size)
    return ImageOps.autocontrast(ImageOps.invert(ImageChops.subtract(paper, picture)), cutoff=(1, 0))


def straight(picture: Image.Image) -> Image.Image:
    angle = leaning(picture)
    return picture if abs(angle) < 0.2 else turned(picture, -angle)


def turned(picture: Image.Image, degrees: float) -> Image.Image:
    """Counter-clockwise, on white."""
    if degrees % 90 == 0:
        return picture.rotate(degrees, expand=True)
    return picture.rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=255)


def leaning(picture: Image.Image) -> float:
    """Degrees counter-clockwise by which the lines of text lean: where rows differ most from their neighbours."""
    small = ImageOps.invert(picture.resize((600, max(1, 600 * picture.height // max(1, picture.width)))))
    coarse = [step / 2 for step in range(round(-2 * _STEEPEST), round(2 * _STEEPEST) + 1)]
    near = max(coarse, key=lambda angle: _striped(small, -angle))
    return max((near + step / 10 for step in range(-4, 5)), key=lambda angle: _striped(small, -angle))


def _striped(picture: Image.Image, degrees: float) -> float:
    rows = picture.rotate(degrees, Image.Resampling.BILINEAR, fillcolor=0).resize(
        (1, picture.height), Image.Resampling.BOX
    )
    shades = rows.tobytes()
    return float(sum((above - below) ** 2 for above, below in pairwise(shades)))


def png(picture: Image.Image) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, "PNG", compress_level=1)
    return buffer.getvalue()


def head(picture: Image.Image, down_to: float, width: int = 1200) -> bytes:
    """The top of a page as PNG, for a person to compare number and date with what was read."""
    top = picture.crop((0, 0, picture.width, max(40, round(picture.height * down_to))))
    if top.width > width:
        top = top.resize((width, max(1, top.height * width // top.width)), Image.Resampling.LANCZOS)
    buffer = io.BytesIO()
    top.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()
