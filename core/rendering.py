"""Forms as the pages show them, where django-bootstrap5 needs a word more."""

from django.forms import CheckboxSelectMultiple, RadioSelect
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django_bootstrap5 import renderers


class FieldRenderer(renderers.FieldRenderer):
    """A group of choices becomes a fieldset: its label belongs to the group, which a lone <label> cannot say."""

    def render(self) -> SafeString:
        if not isinstance(self.widget, RadioSelect | CheckboxSelectMultiple):
            return super().render()
        described = self.field.aria_describedby
        return format_html(
            '<fieldset class="{}"{}><legend class="{}">{}</legend>{}{}{}</fieldset>',
            self.get_wrapper_classes(),
            format_html(' aria-describedby="{}"', described) if described else "",
            self.get_label_class(),
            self.label,
            self.get_field_html(),
            self.get_errors_html(),
            self.get_help_html(),
        )
