"""The statements that write a roster, understood alike by PostgreSQL and SQLite.

`arrivals` and `changes` are the temporary tables of write.py. In both, NULL means that the sheet says nothing. They stand first
in every join, and CROSS JOIN keeps them there on SQLite, which would otherwise look through all arrivals for every engagement of
a project (8,000 beside 8,000: twenty seconds instead of a tenth of one); to PostgreSQL it says nothing.
"""

# Two imports that bring the same people, some thousands at a time, would wait for each other in a circle: they take turns. And
# PostgreSQL does not look at the tables by itself meanwhile: it would see none of our rows, call the tables empty, and from then
# on go through all of an index for each row.
TAKE_TURNS = "LOCK TABLE labour_teams_worker, labour_teams_engagement IN SHARE UPDATE EXCLUSIVE MODE"

# Somebody of the sheet was engaged in this project since the preview, or the engagement that is to go on has changed. Where all
# of them were unknown to the company until now, nobody can have been engaged.
OVERTAKEN_ARRIVALS = """
SELECT EXISTS (
    SELECT 1
    FROM arrivals a
    WHERE NOT %(are_new)s AND a.known <> (
        SELECT COUNT(*)
        FROM labour_teams_worker w
        JOIN labour_teams_engagement e ON e.worker_id = w.id
        WHERE w.id_number_hash = a.id_number_hash AND e.project_id + 0 = %(project)s
    )
) OR EXISTS (
    SELECT 1
    FROM arrivals a
    LEFT JOIN labour_teams_engagement e ON e.id = a.carry AND e.updated_at = a.seen
    WHERE a.carry IS NOT NULL AND e.id IS NULL
)
"""

BEFORE = """
SELECT e.id, e.team_id, e.crew_id, e.name, e.name_pinyin, e.name_initials, e.ethnicity_code, e.political_status_code,
    e.education_code, e.native_place, e.trade, e.phone, e.phone_hash, e.phone_tail, e.bank_card, e.bank_card_hash, e.remark,
    e.entered_on, e.left_on
FROM changes c
CROSS JOIN labour_teams_engagement e
WHERE e.id = c.id AND c.id > %(after)s
ORDER BY c.id
LIMIT %(size)s
"""

CHANGE = """
UPDATE labour_teams_engagement AS e
SET team_id = COALESCE(t.id, e.team_id),
    crew_id = CASE WHEN c.team IS NOT NULL THEN w.id ELSE COALESCE(w.id, e.crew_id) END,
    name = COALESCE(c.name, e.name),
    name_pinyin = COALESCE(c.name_pinyin, e.name_pinyin),
    name_initials = COALESCE(c.name_initials, e.name_initials),
    ethnicity_code = COALESCE(c.ethnicity_code, e.ethnicity_code),
    political_status_code = COALESCE(c.political_status_code, e.political_status_code),
    education_code = COALESCE(c.education_code, e.education_code),
    native_place = COALESCE(c.native_place, e.native_place),
    trade = COALESCE(c.trade, e.trade),
    phone = COALESCE(c.phone, e.phone),
    phone_hash = COALESCE(c.phone_hash, e.phone_hash),
    phone_tail = COALESCE(c.phone_tail, e.phone_tail),
    bank_card = COALESCE(c.bank_card, e.bank_card),
    bank_card_hash = COALESCE(c.bank_card_hash, e.bank_card_hash),
    remark = COALESCE(c.remark, e.remark),
    entered_on = COALESCE(c.entered_on, e.entered_on),
    left_on = COALESCE(c.left_on, e.left_on),
    updated_at = %(at)s
FROM changes c
LEFT JOIN labour_teams_labourteam t ON t.project_id = %(project)s AND t.name = c.team
LEFT JOIN labour_teams_workcrew w ON w.name = c.crew AND w.team_id = COALESCE(t.id, (
    SELECT o.team_id FROM labour_teams_engagement o WHERE o.id = c.id
))
WHERE e.id = c.id AND e.updated_at = c.seen
"""

ADD_WORKERS = """
INSERT INTO labour_teams_worker (public_id, id_number, id_number_hash, sex_code, born_on, created_at, updated_at)
SELECT a.public_id, a.id_number, a.id_number_hash, a.sex_code, a.born_on, %(at)s, %(at)s
FROM arrivals a
WHERE true
ORDER BY a.number
ON CONFLICT (id_number_hash) DO NOTHING
"""

# In the order of the sheet. A return takes what is known of the person from the earlier engagement, a transfer its contract too.
ENGAGE = """
INSERT INTO labour_teams_engagement (
    worker_id, project_id, region_id, team_id, crew_id, name, name_pinyin, name_initials, ethnicity_code, political_status_code,
    education_code, native_place, branch_id, employment_type, trade, is_crew_leader, phone, phone_hash, phone_tail, bank_card,
    bank_card_hash, contract_type, contract_signed_on, entered_on, left_on, follows_id, remark, created_at, updated_at
)
SELECT (SELECT w.id FROM labour_teams_worker w WHERE w.id_number_hash = a.id_number_hash), %(project)s, %(region)s, t.id, c.id,
    COALESCE(a.name, o.name), COALESCE(a.name_pinyin, o.name_pinyin),
    COALESCE(a.name_initials, o.name_initials), COALESCE(a.ethnicity_code, o.ethnicity_code, ''),
    COALESCE(a.political_status_code, o.political_status_code, ''), COALESCE(a.education_code, o.education_code, ''),
    COALESCE(a.native_place, o.native_place, ''), o.branch_id, COALESCE(o.employment_type, 'labour_team'),
    COALESCE(a.trade, o.trade, ''), false, COALESCE(a.phone, o.phone), COALESCE(a.phone_hash, o.phone_hash),
    COALESCE(a.phone_tail, o.phone_tail, ''), COALESCE(a.bank_card, o.bank_card),
    COALESCE(a.bank_card_hash, o.bank_card_hash), COALESCE(f.contract_type, ''), f.contract_signed_on, a.entered_on, a.left_on,
    a.follows, COALESCE(a.remark, f.remark, ''), %(at)s, %(at)s
FROM arrivals a
CROSS JOIN labour_teams_labourteam t
LEFT JOIN labour_teams_workcrew c ON c.team_id = t.id AND c.name = a.crew
LEFT JOIN labour_teams_engagement o ON o.id = a.carry
LEFT JOIN labour_teams_engagement f ON f.id = a.follows
WHERE t.project_id = %(project)s AND t.name = a.team
ORDER BY a.number
"""

# PostgreSQL would look at all rows' references when the transaction ends; it can do so while the next rows are made ready.
CHECK_REFERENCES = ("SET CONSTRAINTS ALL IMMEDIATE", "SET CONSTRAINTS ALL DEFERRED")

# `restored` is the temporary table of undo.py. Its empty texts have come in as NULL.
RESTORE = """
UPDATE labour_teams_engagement AS e
SET team_id = r.team_id,
    crew_id = r.crew_id,
    name = r.name,
    name_pinyin = r.name_pinyin,
    name_initials = COALESCE(r.name_initials, ''),
    ethnicity_code = COALESCE(r.ethnicity_code, ''),
    political_status_code = COALESCE(r.political_status_code, ''),
    education_code = COALESCE(r.education_code, ''),
    native_place = COALESCE(r.native_place, ''),
    trade = COALESCE(r.trade, ''),
    phone = r.phone,
    phone_hash = r.phone_hash,
    phone_tail = COALESCE(r.phone_tail, ''),
    bank_card = r.bank_card,
    bank_card_hash = r.bank_card_hash,
    remark = COALESCE(r.remark, ''),
    entered_on = r.entered_on,
    left_on = r.left_on,
    updated_at = %(at)s
FROM restored r
WHERE e.id = r.id
"""

# What the planner knows of the tables is from before; SQLite's never looks by itself, PostgreSQL's may have looked at what an
# import left that was stopped. Only the columns by which anybody is looked up: the sealed ones take longest and say nothing.
COUNT_WORKERS = {
    "postgresql": "ANALYZE labour_teams_worker (id_number_hash)",
    "sqlite": "ANALYZE labour_teams_worker",
}
COUNT_ENGAGEMENTS = {
    "postgresql": "ANALYZE labour_teams_engagement (worker_id, project_id, team_id, crew_id, entered_on, left_on, phone_hash)",
    "sqlite": "ANALYZE labour_teams_engagement",
}
