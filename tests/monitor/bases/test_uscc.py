from hypothesis import given
from hypothesis import strategies as st

from monitor.bases import uscc

ORGANISATIONS = st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=17, max_size=17)


def test_published_codes_are_valid() -> None:
    """Codes that large listed companies print on their websites."""
    for code in ("91330100799655058B", "9144030071526726XG", "914403001922038216"):
        assert uscc.fault(code) is None
        assert uscc.organisation_check(code[8:16]) == code[16]


@given(ORGANISATIONS)
def test_the_check_character_completes_any_code(first17: str) -> None:
    assert uscc.fault(first17 + uscc.check_character(first17)) is None


@given(ORGANISATIONS, st.integers(0, 17), st.sampled_from(uscc.ALPHABET))
def test_one_mistyped_character_is_found(first17: str, place: int, other: str) -> None:
    code = first17 + uscc.check_character(first17)
    wrong = code[:place] + other + code[place + 1 :]

    assert wrong == code or uscc.fault(wrong) == "uscc_check"


@given(ORGANISATIONS, st.integers(0, 16))
def test_two_exchanged_neighbours_are_found(first17: str, place: int) -> None:
    code = first17 + uscc.check_character(first17)
    wrong = code[:place] + code[place + 1] + code[place] + code[place + 2 :]

    assert wrong == code or uscc.fault(wrong) == "uscc_check"


def test_what_is_no_code_is_said() -> None:
    assert uscc.fault("91330100799655058") == "uscc_length"
    assert uscc.fault("91330100799655058O") == "uscc_character"
