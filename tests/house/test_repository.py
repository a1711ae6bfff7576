"""What the repository must not contain."""

import re
from pathlib import Path

from django.conf import settings

from core.personal import IdNumber, Malformed

ROOT = Path(settings.BASE_DIR)
TEXT = {".py", ".md", ".html", ".js", ".css", ".toml", ".json", ".txt", ".po", ".yaml", ".csv", ".example", ""}
SKIPPED = {".git", ".venv", ".var", "node_modules", "staticfiles", "vendor", "__pycache__"}
ID_NUMBER = re.compile(r"(?<![0-9A-Za-z])[1-9][0-9]{16}[0-9Xx](?![0-9A-Za-z])")
INVENTED_SEQUENCES = {"996", "997", "998", "999"}


def files() -> list[Path]:
    kept = (path for path in sorted(ROOT.rglob("*")) if not SKIPPED & set(path.relative_to(ROOT).parts))
    return [path for path in kept if path.is_file() and path.suffix in TEXT and not path.name.startswith(".")]


def is_invented(number: str) -> bool:
    return number[14:17] in INVENTED_SEQUENCES or number[2:6] == "0000"


def real_looking_numbers(text: str) -> list[str]:
    found = []
    for number in ID_NUMBER.findall(text):
        try:
            IdNumber.parse(number)
        except Malformed:
            continue
        if not is_invented(number):
            found.append(f"{number[:6]}…")
    return found


def test_the_check_itself_finds_a_number() -> None:
    digits = "43010219880311001"
    assert real_looking_numbers(f"x {digits}{IdNumber.check_character(digits)} y") == ["430102…"]


def test_no_file_carries_a_real_looking_id_number() -> None:
    found = {path.relative_to(ROOT).as_posix(): real_looking_numbers(path.read_text(errors="replace")) for path in files()}
    assert {name: numbers for name, numbers in found.items() if numbers} == {}
