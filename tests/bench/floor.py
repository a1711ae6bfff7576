"""The floor: what a hundred thousand rows cost this machine when nobody asks what they say.

The fast reader in this very process, COPY, one statement into the same two tables with all their indexes and constraints. Nothing
is checked, encrypted, hashed or read in pinyin: plain text stands where the real thing has ciphertexts, hashes and readings.
"""

import csv
import io
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from python_calamine import CalamineWorkbook

from labour_teams.models import Engagement, Worker
from tests.bench import site

COLUMNS = (
    "seq", "name", "sex", "people", "id_number", "phone", "trade", "team", "crew", "entered_on", "left_on", "standing",
    "native_place", "card", "remark",
)  # fmt: skip
TABLE = f"CREATE TEMPORARY TABLE sheet ({', '.join(f'{column} text' for column in COLUMNS)})"
WRITE = f"""
WITH known AS (
    INSERT INTO {Worker._meta.db_table} (public_id, id_number, id_number_hash, sex_code, born_on, created_at, updated_at)
    SELECT gen_random_uuid(), id_number, id_number, '1', substr(id_number, 7, 8)::date, %(at)s, %(at)s
    FROM sheet
    ON CONFLICT (id_number_hash) DO UPDATE SET updated_at = excluded.updated_at
    RETURNING id, id_number_hash
)
INSERT INTO {Engagement._meta.db_table} (
    worker_id, project_id, region_id, team_id, crew_id, name, name_pinyin, name_initials, ethnicity_code, political_status_code,
    education_code, native_place, employment_type, trade, is_crew_leader, phone, phone_hash, phone_tail, bank_card,
    bank_card_hash, contract_type, entered_on, left_on, remark, created_at, updated_at
)
SELECT k.id, %(project)s, %(region)s, t.id, c.id, s.name, s.name, s.name, '01', '13', '', s.native_place, 'labour_team',
    s.trade, false, s.phone, s.phone, right(s.phone, 4), s.card, s.card, '', s.entered_on::date, s.left_on::date,
    coalesce(s.remark, ''), %(at)s, %(at)s
FROM sheet s
JOIN known k ON k.id_number_hash = s.id_number
JOIN labour_teams_labourteam t ON t.project_id = %(project)s AND t.name = s.team
JOIN labour_teams_workcrew c ON c.team_id = t.id AND c.name = s.crew
ON CONFLICT DO NOTHING
"""


def run(path: Path) -> int:
    """Gives the number of rows written, committed."""
    _header, *rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    place = site.project()
    facts: dict[str, Any] = {"at": timezone.now(), "project": place.pk, "region": place.region_id}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(TABLE)
        cursor.copy_expert("COPY sheet FROM STDIN WITH (FORMAT csv)", _as_csv(rows))
        cursor.execute(WRITE, facts)
        written = int(cursor.rowcount)
        cursor.execute("DROP TABLE sheet")
    return written


def _as_csv(rows: list[list[Any]]) -> io.StringIO:
    stream = io.StringIO()
    csv.writer(stream).writerows(rows)
    stream.seek(0)
    return stream
