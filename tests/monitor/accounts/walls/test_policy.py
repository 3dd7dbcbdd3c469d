"""Who may do what: the table, and what follows from it."""

import pytest

from monitor.accounts.walls import policy
from monitor.accounts.walls.actor import ANYBODY
from monitor.accounts.walls.policy import Action, Standing, Whose, rules, whose
from monitor.accounts.words import Kind, Role


def asked(action: Action, kind: Kind, role: Role) -> frozenset[Whose]:
    return whose(action, frozenset({Standing.EVERYONE}), kind, role)


def test_every_action_is_in_the_table() -> None:
    assert {rule.action for rule in rules()} == set(Action)


def test_no_line_says_twice_what_another_said() -> None:
    lines = [(rule.action, rule.whose) for rule in rules()]
    assert len(lines) == len(set(lines))


def test_whoever_comes_reads_what_is_public_and_nothing_else() -> None:
    assert [action for action in Action if ANYBODY.whose(action)] == [
        Action.READ_PUBLIC,
        Action.EXPORT,
    ]


@pytest.mark.parametrize("kind", [k for k in Kind if k is not Kind.ENTERPRISE])
@pytest.mark.parametrize("role", Role)
def test_figures_are_read_by_the_firm_and_by_whom_it_shows_them(kind: Kind, role: Role) -> None:
    assert asked(Action.READ_FIGURES, Kind.ENTERPRISE, role) == {Whose.OWN}
    assert asked(Action.READ_FIGURES, kind, role) <= {Whose.SHARED}


@pytest.mark.parametrize("standing", [Standing.ANALYST, Standing.OPERATOR])
def test_neither_analyst_nor_operator_sees_a_firm_by_it(standing: Standing) -> None:
    for action in (Action.READ_FIRM, Action.READ_FIGURES, Action.READ_PEOPLE, Action.READ_TRAIL):
        assert whose(action, frozenset({standing}), None, None) == frozenset()


@pytest.mark.parametrize("kind", Kind)
def test_whoever_may_less_may_nothing_that_others_may_not(kind: Kind) -> None:
    for action in Action:
        reader, officer, owner = (
            asked(action, kind, role) for role in (Role.READER, Role.OFFICER, Role.OWNER)
        )
        assert reader <= officer <= owner


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("read_firm own - - - ofr", r"who_may.txt:1: 4 cells, not 9"),
        ("read_firm own - - - x - - - - -", r"who_may.txt:1: \['x'\] is no role"),
        ("fly own - - - - - - - - -", "fly"),
    ],
)
def test_a_table_that_cannot_be_read_says_where(line: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        list(policy._read(line))
