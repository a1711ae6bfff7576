from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("labour_teams", "0003_special_operation_certificates")]
    operations = [
        migrations.AddField(
            model_name="workercertificate",
            name="reviewed_on",
            field=models.DateField(blank=True, null=True, verbose_name="reviewed on"),
        ),
    ]
