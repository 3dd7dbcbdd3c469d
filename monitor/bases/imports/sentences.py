"""Codes of problems and notes as sentences, in the reader's language."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monitor.bases.imports.problems import Note, Problem, WrongFileError

Texts = Mapping[str, str | Promise]

FILE: Texts = {
    "file_too_large": gettext_lazy("the file is larger than %(limit)s MiB"),
    "macros": gettext_lazy("the file holds macros or embedded programs; save it as plain .xlsx"),
    "old_excel": gettext_lazy("this is the old Excel format; save it as .xlsx or CSV"),
    "no_sheets": gettext_lazy("a CSV has no sheets; leave out --sheet %(sheet)s"),
    "no_such_sheet": gettext_lazy("there is no visible sheet %(sheet)s; there are: %(sheets)s"),
    "several_sheets": gettext_lazy(
        "several sheets hold such a table: %(sheets)s; name one with --sheet"
    ),
    "utf16": gettext_lazy("the file is UTF-16; save it as UTF-8 or .xlsx"),
    "encoding": gettext_lazy(
        "the file is neither UTF-8 (first wrong byte at offset %(utf8)s) nor GB18030 "
        "(at offset %(gb18030)s)"
    ),
    "csv": gettext_lazy("line %(line)s is no CSV: %(why)s"),
    "xlsx": gettext_lazy("the file is no readable XLSX: %(why)s"),
    "too_many_lines": gettext_lazy("the table has more than %(limit)s lines"),
    "too_many_columns": gettext_lazy("line %(line)s has more than %(limit)s columns"),
    "no_header": gettext_lazy(
        "no header was found within the first %(within)s lines; expected are columns named "
        "%(expected)s"
    ),
    "column_twice": gettext_lazy("two columns mean the same: %(labels)s"),
    "no_unit": gettext_lazy(
        "the column %(label)s does not say what it counts in; write for example 年出口额（万美元）"
    ),
    "no_rate": gettext_lazy(
        "the column %(label)s is in yuan; give the rate with --cny-per-usd (yuan for one dollar)"
    ),
    "no_such_base": gettext_lazy("there is no base %(value)s"),
}

CELL: Texts = {
    "formula": gettext_lazy("the cell is a formula or an error value; paste it as a value"),
    "too_long": gettext_lazy("%(length)s characters, at most %(longest)s are kept"),
    "control_character": gettext_lazy("the text holds a control character"),
    "no_number": gettext_lazy("“%(value)s” is no number"),
    "negative": gettext_lazy("%(value)s is negative"),
    "too_large": gettext_lazy("%(value)s is too large to be true"),
    "no_value": gettext_lazy("the value is missing"),
    "no_rate": gettext_lazy("the value is in yuan, and no rate was given"),
    "unit_missing": gettext_lazy("the unit of the quantity is missing"),
    "no_such_unit": gettext_lazy("“%(value)s” is no unit of quantity that is known"),
    "no_month": gettext_lazy("“%(value)s” is no month; write for example 202403 or 2024-03"),
    "future_month": gettext_lazy("%(value)s has not come yet"),
    "no_code": gettext_lazy("“%(value)s” is no HS code"),
    "code_length": gettext_lazy("an HS code has 2, 4, 6, 8 or 10 digits: %(value)s"),
    "lost_zero": gettext_lazy(
        "%(value)s has an odd number of digits; a leading zero may have been lost: "
        "format the column as text"
    ),
    "no_such_code": gettext_lazy("%(value)s is not in HS%(edition)s"),
    "code_split": gettext_lazy(
        "%(value)s is of HS%(last)s; its goods are now in %(targets)s: which of them is meant?"
    ),
    "too_short_for_flows": gettext_lazy("%(value)s is shorter than the six digits that flows need"),
    "uscc_length": gettext_lazy("a unified social credit code has 18 characters: %(value)s"),
    "uscc_character": gettext_lazy(
        "%(value)s holds a character that no unified social credit code has; "
        "the letters I, O, S, V, Z are never used"
    ),
    "uscc_check": gettext_lazy("%(value)s: the check character does not fit (GB 32100); a typo?"),
    "no_email": gettext_lazy("“%(value)s” is no e-mail address"),
    "no_such_place": gettext_lazy("“%(value)s” is no country or territory that is known"),
    "not_a_state": gettext_lazy("%(value)s is a union; flows are those of its members"),
    "home_market": gettext_lazy("%(value)s is the home market"),
    "no_name": gettext_lazy("the name is missing"),
    "no_base": gettext_lazy("the base is missing; name it in 所属基地 or with --base"),
    "several_bases": gettext_lazy("one base is needed, several are named"),
    "no_such_base": gettext_lazy("there is no base “%(value)s”"),
    "repeated": gettext_lazy("line %(first)s has described it already"),
    "name_of_other": gettext_lazy("the name belongs to another one: %(other)s"),
    "other_code": gettext_lazy("the firm of this name has another code: %(other)s"),
    "sample_firm": gettext_lazy("this is a firm of the sample data (示例数据)"),
    "no_such_firm": gettext_lazy("there is no firm %(value)s; import the enterprises first"),
    "firm_of_other_base": gettext_lazy("the firm is no member of the base %(base)s"),
    "new_base_needs": gettext_lazy("a new base needs %(what)s"),
    "no_slug": gettext_lazy("“%(value)s”: a code is small letters, digits and hyphens"),
    "disagrees": gettext_lazy("line %(first)s says otherwise: %(earlier)s"),
    "names_do_not_pair": gettext_lazy("%(names)s names for %(codes)s codes"),
}

NOTES: Texts = {
    "total_row": gettext_lazy("line %(line)s is a total, and is passed over"),
    "header_again": gettext_lazy("line %(line)s repeats the header, and is passed over"),
    "footnote": gettext_lazy("line %(line)s is a footnote, and is passed over"),
    "column_unread": gettext_lazy("the column “%(column)s” is not read"),
    "region_left_out": gettext_lazy(
        "line %(line)s: “%(region)s” is a region and no market; it is left out"
    ),
    "sample_gives_way": gettext_lazy(
        "the %(rows)s sample flows (示例数据) of the base %(base)s will be removed"
    ),
    "firms_without_total": gettext_lazy(
        "base %(base)s: %(months)s months have flows of firms but no total of the base; "
        "its exposure is counted from totals"
    ),
    "cells_kept": gettext_lazy(
        "%(rows)s flows of the same months are in the records but not in the file; they stay"
    ),
    "units_mixed": gettext_lazy(
        "%(rows)s flows add up rows of different units or without a quantity; "
        "their quantity is left empty"
    ),
    "lines_kept": gettext_lazy(
        "base %(base)s: %(rows)s product lines are not in the file; they stay"
    ),
}


FIELDS: Texts = {
    "name_zh": gettext_lazy("Chinese name"),
    "name_en": gettext_lazy("English name"),
    "uscc": gettext_lazy("unified social credit code"),
    "city": gettext_lazy("city"),
    "cities": gettext_lazy("cities"),
    "products": gettext_lazy("products"),
    "hs_codes": gettext_lazy("HS codes"),
    "markets": gettext_lazy("markets"),
    "annual_export_usd": gettext_lazy("yearly exports (USD)"),
    "contact": gettext_lazy("contact"),
    "phone": gettext_lazy("telephone"),
    "email": gettext_lazy("e-mail"),
    "legal_representative": gettext_lazy("legal representative"),
    "address": gettext_lazy("address"),
    "employees": gettext_lazy("employees"),
    "certifications": gettext_lazy("certifications"),
    "bases": gettext_lazy("bases"),
    "chamber_zh": gettext_lazy("chamber"),
    "chamber_en": gettext_lazy("chamber (English)"),
    "value_usd": gettext_lazy("value (USD)"),
    "quantity": gettext_lazy("quantity"),
    "unit": gettext_lazy("unit of quantity"),
}


def of_field(field: str) -> str:
    """What a changed field is called; `HS 6403`, a product line, is called so."""
    return str(FIELDS.get(field, field))


def of_file(error: WrongFileError) -> str:
    return str(FILE[error.code]) % error.params


def of_problem(problem: Problem) -> str:
    why = str(CELL[problem.code]) % problem.params
    if not problem.column:
        return _("line %(line)s: %(why)s") % {"line": problem.line, "why": why}
    where = {"line": problem.line, "column": problem.column, "why": why}
    return _("line %(line)s, column %(column)s: %(why)s") % where


def of_note(note: Note) -> str:
    return str(NOTES[note.code]) % note.params
