"""Who may do what to whose rows: the table `who_may.txt`, and the one question asked of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from monitor.accounts.words import Kind, Role

TABLE = Path(__file__).with_name("who_may.txt")
_LETTERS = {"o": Role.OWNER, "f": Role.OFFICER, "r": Role.READER}


class Action(StrEnum):
    READ_PUBLIC = "read_public"
    """Notices, measures, captures and sources."""
    EXPORT = "export"
    """Take away the whole result of a search, with what of it one may read."""
    READ_BASES = "read_bases"
    """What bases make and export, and which measures put how much of it at stake."""
    READ_TOTALS = "read_totals"
    """What a base exports even where few firms make it up; own: of the bases that one speaks for.
    Others see it as `monitor.bases.confidential` says."""
    READ_FIRM = "read_firm"
    """A firm's name, products, markets and how to reach it."""
    EDIT_FIRM = "edit_firm"
    READ_FIGURES = "read_figures"
    """Its values, quantities and prices."""
    EDIT_FIGURES = "edit_figures"
    SHARE = "share"
    """Let others see figures, and take that back."""
    READ_SHARES = "read_shares"
    """Who shows figures to whom, of those that one shows or is shown."""
    READ_WARNINGS = "read_warnings"
    """What an organisation is told, through which channels, and its saved searches."""
    EDIT_WARNINGS = "edit_warnings"
    READ_PEOPLE = "read_people"
    """Who acts for an organisation, and who is invited."""
    ADMIT = "admit"
    """Invite, approve, change a role, let go."""
    READ_APPLICATIONS = "read_applications"
    """Which firms ask to be admitted; of a firm, its own."""
    SUMMARISE = "summarise"
    """The members, or the firms of a region, in numbers (汇总表)."""
    MERGE = "merge"
    """Make one of two organisations that are the same, or say that they are not."""
    READ_CASES = "read_cases"
    """Which cases there are, their notices, stages and legal dates; own: those that one's
    organisation leads, joins or is asked to answer."""
    EDIT_CASES = "edit_cases"
    """Open one, say what happened and when, seat chambers, list respondents."""
    READ_ANSWERS = "read_answers"
    """How a firm answers a case."""
    READ_TASKS = "read_tasks"
    """What is left to do, of what one sees the answer of; shared: of what counsel has to do, for
    those that showed the case to them."""
    EDIT_ANSWERS = "edit_answers"
    READ_COUNSEL = "read_counsel"
    """Which counsel an organisation knows, what they offer, whom it gave a mandate and what that
    costs; of a mandate of its chamber, its own share."""
    EDIT_COUNSEL = "edit_counsel"
    READ_SUBSIDIES = "read_subsidies"
    """What an office bears of the costs of counsel in the cases that it reads, and of each of those
    costs the sum."""
    READ_FILES = "read_files"
    """The documents that an organisation put into a case, in both forms."""
    EDIT_FILES = "edit_files"
    SHARE_FILES = "share_files"
    """Show a case or a document to somebody outside of it, and take that back."""
    MAKE_LINKS = "make_links"
    """Secret links by which programs of one's own read the feeds that one may read."""
    HOLD_KEYS = "hold_keys"
    """Make and revoke the keys by which programs act for an organisation."""
    SET_SIGN_IN = "set_sign_in"
    """Say by which provider of its own an organisation's people come in."""
    READ_TRAIL = "read_trail"
    """Who did what to its rows, and who looked at its figures."""
    RUN = "run"
    """The machine: its jobs, its failures, its sources."""


class Whose(StrEnum):
    """How a row stands to the organisation that somebody acts for."""

    OWN = "own"
    MEMBER = "member"
    SHARED = "shared"
    ANY = "any"


class Standing(StrEnum):
    """What somebody is whatever organisation they act for."""

    EVERYONE = "everyone"
    ANALYST = "analyst"
    OPERATOR = "operator"


@dataclass(frozen=True)
class Rule:
    """One line of the table. `roles`: by kind of organisation, those that may; `standings`: those
    that may without any."""

    action: Action
    whose: Whose
    standings: frozenset[Standing]
    roles: Mapping[Kind, frozenset[Role]]


@cache
def rules() -> tuple[Rule, ...]:
    """Raises ValueError, with the line, where the table cannot be read."""
    return tuple(_read(TABLE.read_text(encoding="utf-8")))


def _read(table: str) -> Iterator[Rule]:
    columns = (*Standing, *Kind)
    for number, line in enumerate(table.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        action, whose, *cells = line.split()
        if len(cells) != len(columns):
            raise ValueError(f"{TABLE.name}:{number}: {len(cells)} cells, not {len(columns)}")
        by_column = dict(zip(columns, cells, strict=True))
        yield Rule(
            Action(action),
            Whose(whose),
            frozenset(standing for standing in Standing if by_column[standing] == "x"),
            {kind: _roles(by_column[kind], number) for kind in Kind},
        )


def _roles(cell: str, number: int) -> frozenset[Role]:
    letters = "" if cell == "-" else cell
    if unknown := set(letters) - set(_LETTERS):
        raise ValueError(f"{TABLE.name}:{number}: {sorted(unknown)} is no role; allowed: o, f, r")
    return frozenset(_LETTERS[letter] for letter in letters)


@cache
def whose(
    action: Action,
    standings: frozenset[Standing],
    kind: Kind | None,
    role: Role | None,
) -> frozenset[Whose]:
    """Whose rows somebody of these standings, who acts in a role for an organisation of a kind, may
    do it to. Empty: nobody's."""
    return frozenset(
        rule.whose
        for rule in rules()
        if rule.action is action
        and (rule.standings & standings or (kind and role in rule.roles[kind]))
    )
