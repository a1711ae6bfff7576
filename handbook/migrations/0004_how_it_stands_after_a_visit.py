"""What was found when somebody was looked after again, in words that are read by whoever reads the visit."""

from django.db import migrations

import core.fields


class Migration(migrations.Migration):
    dependencies = [
        ("handbook", "0003_goods_have_a_cost_in_words"),
    ]

    operations = [
        migrations.AddField(
            model_name="visitrecord",
            name="followed_up_words",
            field=core.fields.EncryptedTextField(blank=True, default="", editable=False, verbose_name="how it stands now"),
        ),
    ]
