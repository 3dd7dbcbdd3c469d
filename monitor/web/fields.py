"""Fields that forms of several subjects have."""

from typing import Any

from django import forms


class DayInput(forms.DateInput):
    """A browser's own picker. It takes its day in this form only, whatever the page's language: in
    another the field would be shown empty, and the day be lost when the form is handed in."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class DayField(forms.DateField):
    widget = DayInput
