import core.fields
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models


def say_which_are_settled(apps, schema_editor):
    arrears = apps.get_model("wages", "WageArrears")
    arrears.objects.exclude(settled_on=None).update(status="settled")


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0004_audit_of_reading"),
        ("feedback", "0003_cases_from_the_wage_ledger"),
        ("labour_teams", "0004_certificates_reviewed"),
        ("regions", "0001_initial"),
        ("wages", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PaymentLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(verbose_name="row")),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                ("id_tail", core.fields.EncryptedTextField(blank=True, default="", verbose_name="end of the ID number")),
                ("card_tail", core.fields.EncryptedTextField(blank=True, default="", verbose_name="end of the wage card")),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=12,
                        validators=[django.core.validators.MinValueValidator(Decimal("0"))],
                        verbose_name="amount (yuan)",
                    ),
                ),
            ],
            options={
                "verbose_name": "line of a payment list",
                "verbose_name_plural": "lines of payment lists",
            },
        ),
        migrations.CreateModel(
            name="PaymentList",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", core.fields.MonthField(verbose_name="month of work")),
                (
                    "imported_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="imported at"),
                ),
            ],
            options={
                "verbose_name": "payment list of the bank",
                "verbose_name_plural": "payment lists of the bank",
            },
        ),
        migrations.CreateModel(
            name="WageArrearsEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("verb", models.CharField(max_length=30, verbose_name="move")),
                ("from_status", models.CharField(max_length=20, verbose_name="from")),
                ("to_status", models.CharField(max_length=20, verbose_name="to")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="at")),
                ("note", models.TextField(blank=True, verbose_name="note")),
            ],
            options={
                "verbose_name": "move of wage arrears",
                "verbose_name_plural": "moves of wage arrears",
            },
        ),
        migrations.RemoveConstraint(
            model_name="wagesheet",
            name="wagesheet_paid_has_voucher",
        ),
        migrations.RemoveConstraint(
            model_name="wagesheet",
            name="wagesheet_posted_pair",
        ),
        migrations.AddField(
            model_name="wagearrears",
            name="status",
            field=models.CharField(
                choices=[("standing", "Standing"), ("settled", "Settled")],
                default="standing",
                editable=False,
                max_length=10,
                verbose_name="state",
            ),
        ),
        migrations.AddField(
            model_name="wagearrears",
            name="version",
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
        migrations.AddField(
            model_name="wagefinding",
            name="case",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="wage_findings",
                to="feedback.case",
                verbose_name="case",
            ),
        ),
        migrations.AddField(
            model_name="wagesheet",
            name="purged_on",
            field=models.DateField(editable=False, null=True, verbose_name="deleted after its time on"),
        ),
        migrations.RunPython(say_which_are_settled, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="wagearrears",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("settled_on", None), ("status", "standing")),
                    models.Q(("settled_on__isnull", False), ("status", "settled")),
                    _connector="OR",
                ),
                name="wagearrears_settled_has_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="wagesheet",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "paid"), _negated=True),
                    models.Q(("paid_on__isnull", False), ("voucher__isnull", False)),
                    models.Q(("paid_on__isnull", False), ("purged_on__isnull", False)),
                    _connector="OR",
                ),
                name="wagesheet_paid_has_voucher",
            ),
        ),
        migrations.AddConstraint(
            model_name="wagesheet",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("posted_on", None), ("posted_photo", None)),
                    models.Q(("posted_on__isnull", False), ("posted_photo__isnull", False)),
                    models.Q(("posted_photo", None), ("purged_on__isnull", False)),
                    _connector="OR",
                ),
                name="wagesheet_posted_pair",
            ),
        ),
        migrations.AddField(
            model_name="paymentline",
            name="engagement",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="payment_lines",
                to="labour_teams.engagement",
                verbose_name="on the roster",
            ),
        ),
        migrations.AddField(
            model_name="paymentlist",
            name="imported_by",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="imported by",
            ),
        ),
        migrations.AddField(
            model_name="paymentlist",
            name="project",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="payment_lists",
                to="regions.project",
                verbose_name="project",
            ),
        ),
        migrations.AddField(
            model_name="paymentlist",
            name="team",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="payment_lists",
                to="labour_teams.labourteam",
                verbose_name="labour team",
            ),
        ),
        migrations.AddField(
            model_name="paymentline",
            name="sheet",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="lines",
                to="wages.paymentlist",
                verbose_name="payment list of the bank",
            ),
        ),
        migrations.AddField(
            model_name="wagearrearsevent",
            name="arrears",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="events",
                to="wages.wagearrears",
                verbose_name="wage arrears",
            ),
        ),
        migrations.AddField(
            model_name="wagearrearsevent",
            name="by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="by",
            ),
        ),
        migrations.AddConstraint(
            model_name="paymentlist",
            constraint=models.UniqueConstraint(fields=("team", "month"), name="paymentlist_one_a_team_and_month"),
        ),
        migrations.AddConstraint(
            model_name="paymentline",
            constraint=models.UniqueConstraint(fields=("sheet", "number"), name="paymentline_row_once"),
        ),
        migrations.AddConstraint(
            model_name="paymentline",
            constraint=models.UniqueConstraint(
                condition=models.Q(("engagement__isnull", False)), fields=("sheet", "engagement"), name="paymentline_worker_once"
            ),
        ),
    ]
