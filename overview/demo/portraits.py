"""What the public is told about the demonstration's people in post: duties, consent, and portraits that code has drawn."""

import io
from datetime import date
from random import Random

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from accounts.models import User
from coordinators.models import Coordinator, Liaison
from core.attachments import keep_photo
from overview.demo.folk import dice_for
from overview.demo.posts import People

WIDTH, HEIGHT = 480, 600
BACKGROUNDS = ("#dfe5ec", "#e9e3d8", "#dde8e0", "#e8dfe6", "#e3e3e3", "#d9e6ea")
CLOTHES = ("#21456b", "#4f6d7a", "#7a5000", "#28633e", "#6b3a3a", "#4d535c")
SKINS = ("#e8c4a2", "#dcb08a", "#c99a72", "#f0d2b4")
HELMETS = ("#d9a400", "#d9d9d9", "#c2571a", "#2f6f9f")
HAIRS = ("#2b2622", "#3a332d", "#5b5752")
FULL_TIME = "片区劳务队伍的党群工作：工资、食宿、安全、诉求都可以找我"
PART_TIME = "项目上的党群工作：工资、食宿、劳保、有困难都可以找我"
LIAISONS = (
    "队里有事先找我：工资、考勤、食宿",
    "帮大家反映问题，每件都有回音",
    "安全、食宿、看病的事找我",
    "工资没弄清楚的，找我一起核对",
)
# Everybody on whose page the demonstration is likely to be shown has a portrait; of the others, the coordinators.
PROJECTS_WITH_PORTRAITS = ("DUNGE", "CHANGPING")
UNDECIDED = 0.07  # so many have not agreed yet


def write_portraits(people: People, today: date) -> None:
    posts = [post for post in people.posts if isinstance(post, Coordinator | Liaison) and post.is_held_on(today)]
    for post in posts:
        dice = dice_for("portrait", post.person.username)
        post.duties = _duties(post, dice)
        if dice.random() >= UNDECIDED:
            post.person.disclosure_agreed_on = post.from_on
        if _has_portrait(post):
            post.person.photo = keep_photo(SimpleUploadedFile("portrait.bmp", portrait(dice)), by=None)
    User.objects.bulk_update([post.person for post in posts], ["disclosure_agreed_on", "photo"], batch_size=500)
    for model in (Coordinator, Liaison):
        model.objects.bulk_update([post for post in posts if type(post) is model], ["duties"], batch_size=500)


def _duties(post: Coordinator | Liaison, dice: Random) -> str:
    if isinstance(post, Liaison):
        return dice.choice(LIAISONS)
    return FULL_TIME if post.region_id else PART_TIME


def _has_portrait(post: Coordinator | Liaison) -> bool:
    return isinstance(post, Coordinator) or post.team.project.code in PROJECTS_WITH_PORTRAITS


def portrait(dice: Random) -> bytes:
    """A head and shoulders in flat colours, with a helmet or without: nobody's likeness."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), dice.choice(BACKGROUNDS))
    draw, skin, middle = ImageDraw.Draw(picture), dice.choice(SKINS), WIDTH // 2
    draw.ellipse((middle - 190, 400, middle + 190, 820), fill=dice.choice(CLOTHES))
    draw.rounded_rectangle((middle - 45, 330, middle + 45, 440), 40, fill=skin)
    draw.ellipse((middle - 100, 130, middle + 100, 380), fill=skin)
    if dice.random() < 0.6:
        helmet = dice.choice(HELMETS)
        draw.pieslice((middle - 118, 85, middle + 118, 335), 180, 360, fill=helmet)
        draw.rounded_rectangle((middle - 145, 198, middle + 145, 222), 12, fill=helmet)
    else:
        draw.pieslice((middle - 106, 118, middle + 106, 330), 180, 360, fill=dice.choice(HAIRS))
    written = io.BytesIO()
    picture.save(written, "BMP")  # packed once, by those who keep it
    return written.getvalue()
