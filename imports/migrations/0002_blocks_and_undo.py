"""Rows move into encrypted blocks, imports can be undone, answers are remembered.

Rows of imports that nobody had decided go: those imports are dropped, their files can be uploaded again.
"""

import core.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


def drop_undecided(apps, schema_editor):
    apps.get_model("imports", "ImportJob").objects.filter(status="previewed").update(status="dropped")


class Migration(migrations.Migration):

    dependencies = [
        ('imports', '0001_initial'),
        ('regions', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(drop_undecided, migrations.RunPython.noop),
        migrations.CreateModel(
            name='ImportBlock',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('round', models.PositiveIntegerField()),
                ('first', models.PositiveIntegerField()),
                ('last', models.PositiveIntegerField()),
                ('counts', models.JSONField(default=dict)),
                ('rows', core.fields.EncryptedJSONField()),
            ],
            options={
                'verbose_name': 'block of rows',
                'verbose_name_plural': 'blocks of rows',
            },
        ),
        migrations.CreateModel(
            name='ImportFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('content', core.fields.EncryptedBytesField()),
            ],
            options={
                'verbose_name': 'uploaded file',
                'verbose_name_plural': 'uploaded files',
            },
        ),
        migrations.CreateModel(
            name='ImportMemory',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('target', models.CharField(max_length=20)),
                ('key', models.CharField(max_length=250)),
                ('value', models.CharField(blank=True, max_length=100)),
            ],
            options={
                'verbose_name': 'remembered answer',
                'verbose_name_plural': 'remembered answers',
            },
        ),
        migrations.CreateModel(
            name='ImportTrace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('records', core.fields.EncryptedJSONField()),
            ],
            options={
                'verbose_name': 'trace',
                'verbose_name_plural': 'traces',
            },
        ),
        migrations.RemoveConstraint(
            model_name='importjob',
            name='importjob_written_has_its_stamp',
        ),
        migrations.AddField(
            model_name='importjob',
            name='answers',
            field=models.JSONField(default=dict, editable=False),
        ),
        migrations.AddField(
            model_name='importjob',
            name='beat_at',
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False),
        ),
        migrations.AddField(
            model_name='importjob',
            name='done',
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name='importjob',
            name='file_size',
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name='importjob',
            name='leavers',
            field=models.JSONField(default=dict, editable=False),
        ),
        migrations.AddField(
            model_name='importjob',
            name='mode',
            field=models.CharField(choices=[('all', 'All rows or none'), ('valid', 'The correct rows first')], default='all', max_length=5, verbose_name='what is written'),
        ),
        migrations.AddField(
            model_name='importjob',
            name='rest_of',
            field=models.OneToOneField(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='rest', to='imports.importjob', verbose_name='rest of'),
        ),
        migrations.AddField(
            model_name='importjob',
            name='round',
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
        migrations.AddField(
            model_name='importjob',
            name='total',
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name='importjob',
            name='undoing',
            field=models.JSONField(default=dict, editable=False),
        ),
        migrations.AddField(
            model_name='importjob',
            name='undone_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='undone at'),
        ),
        migrations.AlterField(
            model_name='importjob',
            name='status',
            field=models.CharField(choices=[('reading', 'Being read'), ('refused', 'Unreadable'), ('asked', 'Waiting for an answer'), ('previewed', 'Being checked'), ('writing', 'Being written'), ('written', 'Written'), ('undoing', 'Being undone'), ('undone', 'Undone'), ('dropped', 'Dropped')], max_length=12, verbose_name='status'),
        ),
        migrations.AddConstraint(
            model_name='importjob',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status__in', ('written', 'undoing', 'undone')), ('written_at__isnull', False)), models.Q(models.Q(('status__in', ('written', 'undoing', 'undone')), _negated=True), ('written_at', None)), _connector='OR'), name='importjob_written_has_its_stamp'),
        ),
        migrations.AddConstraint(
            model_name='importjob',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'undone'), ('undone_at__isnull', False)), models.Q(models.Q(('status', 'undone'), _negated=True), ('undone_at', None)), _connector='OR'), name='importjob_undone_has_its_stamp'),
        ),
        migrations.AddField(
            model_name='importblock',
            name='job',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='blocks', to='imports.importjob', verbose_name='import'),
        ),
        migrations.AddField(
            model_name='importfile',
            name='job',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pieces', to='imports.importjob', verbose_name='import'),
        ),
        migrations.AddField(
            model_name='importmemory',
            name='project',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='import_memories', to='regions.project'),
        ),
        migrations.AddField(
            model_name='importtrace',
            name='job',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='traces', to='imports.importjob', verbose_name='import'),
        ),
        migrations.DeleteModel(
            name='ImportRow',
        ),
        migrations.AddConstraint(
            model_name='importblock',
            constraint=models.UniqueConstraint(fields=('job', 'round', 'first'), name='importblock_place_in_job'),
        ),
        migrations.AddConstraint(
            model_name='importfile',
            constraint=models.UniqueConstraint(fields=('job', 'number'), name='importfile_piece_of_job'),
        ),
        migrations.AddConstraint(
            model_name='importmemory',
            constraint=models.UniqueConstraint(fields=('project', 'target', 'key'), name='importmemory_key_in_project'),
        ),
    ]
