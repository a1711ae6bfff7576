"""Pictures of a site that code has drawn: hills, a sun, a hall or a bridge, and people in helmets. Nobody's likeness."""

import io
from random import Random

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from core.attachments import keep_photo
from core.models import Attachment
from overview.demo.folk import dice_for

WIDTH, HEIGHT = 640, 480
GROUND = 330
SKIES = ("#cfe0ee", "#dfe6ea", "#e9e0d2", "#c9d9e8")
HILLS = ("#8fa38a", "#a3997d", "#7f93a0", "#9c8f7a")
EARTH = ("#c9b48a", "#b7a98c", "#a9a08f")
WALLS = ("#e8e4da", "#d9d4c6", "#b9c4cc")
VESTS = ("#c2571a", "#2f6f9f", "#28633e", "#7a5000")
HELMETS = ("#d9a400", "#d9d9d9", "#c2571a", "#2f6f9f")
SKIN = "#dcb08a"


def keep_scenes(number: int) -> list[Attachment]:
    """So many photos, each stored once, however many entries show it."""
    return [keep_photo(SimpleUploadedFile("scene.bmp", scene(dice_for("scene", str(order)))), by=None) for order in range(number)]


def scene(dice: Random) -> bytes:
    picture = Image.new("RGB", (WIDTH, HEIGHT), dice.choice(SKIES))
    draw = ImageDraw.Draw(picture)
    sun = dice.randrange(60, WIDTH - 60)
    draw.ellipse((sun - 34, 40, sun + 34, 108), fill="#f3e3a8")
    for _hill in range(3):
        left, height = dice.randrange(-160, WIDTH - 200), dice.randrange(120, 220)
        draw.ellipse((left, GROUND - height, left + dice.randrange(320, 520), GROUND + height), fill=dice.choice(HILLS))
    draw.rectangle((0, GROUND, WIDTH, HEIGHT), fill=dice.choice(EARTH))
    dice.choice((_hall, _bridge))(draw, dice)
    for place in range(dice.randrange(3, 8)):
        _worker(draw, dice, 60 + place * 78 + dice.randrange(-12, 12))
    written = io.BytesIO()
    picture.save(written, "BMP")  # packed once, by those who keep it
    return written.getvalue()


def _hall(draw: ImageDraw.ImageDraw, dice: Random) -> None:
    left = dice.randrange(40, 320)
    draw.rectangle((left, GROUND - 130, left + 240, GROUND + 6), fill=dice.choice(WALLS))
    draw.polygon(
        ((left - 14, GROUND - 130), (left + 120, GROUND - 178), (left + 254, GROUND - 130)),
        fill=dice.choice(("#7d3b34", "#44607a")),
    )
    for window in range(3):
        draw.rectangle((left + 26 + window * 70, GROUND - 96, left + 70 + window * 70, GROUND - 56), fill="#5d7385")


def _bridge(draw: ImageDraw.ImageDraw, dice: Random) -> None:
    level = GROUND - dice.randrange(90, 150)
    draw.rectangle((0, level, WIDTH, level + 18), fill="#8b9097")
    for pier in range(40, WIDTH, 150):
        draw.rectangle((pier, level + 18, pier + 26, GROUND + 10), fill="#9da2a8")


def _worker(draw: ImageDraw.ImageDraw, dice: Random, middle: int) -> None:
    foot = dice.randrange(400, 460)
    draw.rounded_rectangle((middle - 20, foot - 84, middle + 20, foot - 26), 10, fill=dice.choice(VESTS))
    draw.rectangle((middle - 16, foot - 30, middle + 16, foot), fill="#3d4650")
    draw.ellipse((middle - 15, foot - 118, middle + 15, foot - 84), fill=SKIN)
    draw.pieslice((middle - 19, foot - 126, middle + 19, foot - 88), 180, 360, fill=dice.choice(HELMETS))
