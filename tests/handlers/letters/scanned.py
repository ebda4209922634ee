"""Draws letters as a scanner or a phone would give them: rendered, leaning, stained, photographed; PDFs of such."""

import io
import random
import shutil
import textwrap
from datetime import date
from pathlib import Path

import pikepdf
from pikepdf import Dictionary, Name
from PIL import Image, ImageDraw, ImageFilter, ImageFont

_FONTS = (
    "/usr/share/fonts/truetype/noto/NotoSerif-Regular.ttf",
    "/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf",
    "/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf",
    "/usr/share/fonts/truetype/noto/NotoSerif-Regular.ttf",
)
FONT = next((font for font in _FONTS if Path(font).exists()), None)
A4 = (1654, 2339)  # 200 dpi
MISSING = None if FONT and shutil.which("tesseract") else "tesseract-ocr, tesseract-ocr-vie or a Vietnamese font"

HEAD_LEFT = ("UBND TỈNH SƠN HẢI", "SỞ CÔNG THƯƠNG", "Số: 507/SCT-QLTM", "V/v đăng ký gian hàng hội chợ")
HEAD_RIGHT = (
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "Sơn Hải, ngày 24 tháng 11 năm 2026",
)
BODY = """Kính gửi: Ủy ban nhân dân các xã, phường

Thực hiện Kế hoạch số 88/KH-UBND ngày 05/11/2026 của Ủy ban nhân dân tỉnh về việc \
tổ chức Hội chợ Xuân 2027, Sở Công Thương đề nghị các địa phương thông báo rộng rãi \
đến các doanh nghiệp, hợp tác xã trên địa bàn và đăng ký gian hàng theo mẫu gửi kèm.

Phiếu đăng ký gửi về Sở Công Thương trước ngày 05/12/2026 để tổng hợp, báo cáo \
Ủy ban nhân dân tỉnh./.

Nơi nhận:
- Như trên;
- Lưu: VT, QLTM.

KT. GIÁM ĐỐC
PHÓ GIÁM ĐỐC

Lâm Chí Hải"""


def sheet(body: str = BODY, left: tuple[str, ...] = HEAD_LEFT, right: tuple[str, ...] = HEAD_RIGHT) -> Image.Image:
    """A letter on A4, the head in two columns."""
    page = Image.new("L", A4, 250)
    draw = ImageDraw.Draw(page)
    font = ImageFont.truetype(FONT or "", 38)
    for column, x in ((left, 420), (right, 1130)):
        for row, line in enumerate(column):
            draw.text((x, 130 + 62 * row), line, 20, font, anchor="mm")
    y = 430
    for paragraph in body.split("\n"):
        for line in textwrap.wrap(paragraph, 78) or [""]:
            draw.text((190, y), line, 20, font)
            y += 56
    return page


def dated(issued: date, due: date) -> Image.Image:
    """The letter, issued on this day, with its answer wanted before that one."""
    place = f"Sơn Hải, ngày {issued:%d} tháng {issued:%m} năm {issued.year}"
    return sheet(BODY.replace("05/12/2026", f"{due:%d/%m/%Y}"), HEAD_LEFT, (*HEAD_RIGHT[:2], place))


def scanned(page: Image.Image, *, leaning: float = 0.0, noise: float = 0.0, seed: int = 1) -> Image.Image:
    if leaning:
        page = page.rotate(leaning, Image.Resampling.BICUBIC, fillcolor=250)
    return _noisy(page, noise, seed) if noise else page


def _noisy(page: Image.Image, share: float, seed: int) -> Image.Image:
    chance = random.Random(seed)
    dots = page.copy()
    for _ in range(int(share * page.width * page.height)):
        dots.putpixel((chance.randrange(page.width), chance.randrange(page.height)), chance.randrange(256))
    return dots.filter(ImageFilter.GaussianBlur(0.8))


def photographed(page: Image.Image) -> bytes:
    """In a room with a lamp on one side, slightly out of true, small, as a messenger passes it on."""
    shade = Image.linear_gradient("L").rotate(90).resize(page.size)
    lit = Image.composite(page, page.point([value * 55 // 100 for value in range(256)]), shade)
    table = Image.new("L", (page.width + 160, page.height + 160), 90)
    table.paste(lit, (80, 80))
    leaning = table.rotate(2.5, Image.Resampling.BICUBIC, fillcolor=90)
    small = leaning.resize((1280 * leaning.width // leaning.height, 1280), Image.Resampling.LANCZOS)
    return saved(small, "JPEG")


def saved(page: Image.Image, kind: str = "PNG") -> bytes:
    buffer = io.BytesIO()
    page.save(buffer, kind)
    return buffer.getvalue()


def pdf_of(*pages: Image.Image) -> bytes:
    """A PDF whose pages are pictures, as a scanner writes it."""
    document = pikepdf.new()
    for picture in pages:
        width, height = round(picture.width * 0.36), round(picture.height * 0.36)  # points, at 200 dpi
        page = document.add_blank_page(page_size=(width, height))
        image = document.make_stream(saved(picture, "JPEG"))
        image.Type, image.Subtype, image.Filter = Name.XObject, Name.Image, Name.DCTDecode
        image.Width, image.Height, image.BitsPerComponent = picture.width, picture.height, 8
        image.ColorSpace = Name.DeviceGray
        page.obj.Resources = Dictionary(XObject=Dictionary(I=image))
        page.obj.Contents = document.make_stream(f"q {width} 0 0 {height} 0 0 cm /I Do Q".encode())
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def blank_pdf(pages: int) -> bytes:
    document = pikepdf.new()
    for _ in range(pages):
        document.add_blank_page(page_size=(60, 84))
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()
