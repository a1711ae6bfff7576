"""Names and particulars move from the worker, who is one for the company, to each engagement (docs/adr/0011).

Both ways in one migration. Back, a worker takes what his latest engagement says: projects that wrote different things lose that.
"""

from uuid import uuid4

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import OuterRef, Subquery

import core.fields

TEXTS = (
    "name", "name_pinyin", "name_initials", "ethnicity_code", "political_status_code", "education_code", "native_place",
)  # fmt: skip
BATCH = 1_000


def write_down(apps, schema_editor):
    """Every engagement gets what the worker's row said; every worker gets an address that says nothing."""
    Worker, Engagement = (apps.get_model("labour_teams", name) for name in ("Worker", "Engagement"))
    own = Worker.objects.filter(pk=OuterRef("worker_id"))
    Engagement.objects.update(**{name: Subquery(own.values(name)[:1]) for name in (*TEXTS, "branch")})
    batch = []
    for worker in Worker.objects.only("pk").iterator(chunk_size=BATCH):
        worker.public_id = uuid4()
        batch.append(worker)
        if len(batch) == BATCH:
            Worker.objects.bulk_update(batch, ["public_id"])
            batch = []
    Worker.objects.bulk_update(batch, ["public_id"])


def gather_up(apps, schema_editor):
    Worker, Engagement = (apps.get_model("labour_teams", name) for name in ("Worker", "Engagement"))
    latest = Engagement.objects.filter(worker=OuterRef("pk")).order_by("-entered_on", "-pk")
    known = Worker.objects.filter(engagements__isnull=False).values("pk")
    Worker.objects.filter(pk__in=known).update(**{name: Subquery(latest.values(name)[:1]) for name in (*TEXTS, "branch")})


def text(length, **options):
    return models.CharField(max_length=length, **options)


def protected(to, name, **options):
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name="engagements", to=to, verbose_name=name, **options
    )


def added(name, field, *, is_empty_at_first=False):
    if is_empty_at_first:
        field.default = ""
    return migrations.AddField("engagement", name, field, preserve_default=not is_empty_at_first)


class Migration(migrations.Migration):
    dependencies = [("labour_teams", "0001_initial"), ("regions", "0001_initial")]

    operations = [
        added("name", text(100, verbose_name="name"), is_empty_at_first=True),
        added("name_pinyin", text(300, editable=False), is_empty_at_first=True),
        added("name_initials", text(100, editable=False), is_empty_at_first=True),
        added("ethnicity_code", text(2, blank=True, verbose_name="ethnicity")),
        added("political_status_code", text(2, blank=True, verbose_name="political status")),
        added("education_code", text(2, blank=True, verbose_name="education")),
        added("native_place", text(100, blank=True, verbose_name="native place")),
        added("branch", protected("regions.department", "branch", blank=True, null=True, db_index=False)),
        migrations.AddField("worker", "public_id", models.UUIDField(editable=False, null=True)),
        # On the way back these columns are empty until `gather_up` has filled them.
        *(
            migrations.AlterField("worker", name, text(length, default="", **options))
            for name, length, options in (
                ("name", 100, {"verbose_name": "name"}),
                ("name_pinyin", 300, {"editable": False, "db_index": True}),
                ("name_initials", 100, {"editable": False, "db_index": True}),
            )
        ),
        migrations.RunPython(write_down, gather_up),
        migrations.AlterField("worker", "public_id", models.UUIDField(default=uuid4, editable=False, unique=True)),
        *(migrations.RemoveField("worker", name) for name in (*TEXTS, "branch")),
        migrations.AlterField("worker", "id_number_hash", core.fields.KeyedHashField(source="id_number")),
        migrations.AlterField("engagement", "phone_hash", core.fields.KeyedHashField(null=True, source="phone")),
        migrations.AlterField("engagement", "phone_tail", core.fields.TailField(default="", source="phone")),
        migrations.AlterField("engagement", "bank_card_hash", core.fields.KeyedHashField(null=True, source="bank_card")),
        migrations.AlterField("engagement", "team", protected("labour_teams.labourteam", "labour team", db_index=False)),
        migrations.AlterField("engagement", "project", protected("regions.project", "project", editable=False, db_index=False)),
        migrations.AddConstraint("worker", models.UniqueConstraint(fields=["id_number_hash"], name="worker_id_number_once")),
        *(
            migrations.AddIndex("engagement", models.Index(fields=[field], name=name, opclasses=opclasses))
            for field, name, opclasses in (
                ("name_pinyin", "engagement_pinyin", ["varchar_pattern_ops"]),
                ("name_initials", "engagement_initials", ["varchar_pattern_ops"]),
                ("phone_hash", "engagement_phone", []),
                ("phone_tail", "engagement_phone_tail", []),
                ("bank_card_hash", "engagement_bank_card", []),
            )
        ),
    ]
