"""With whom a firm answers: it says so in its own words, its chamber ties it to a respondent."""

import pytest

from monitor.cases.models import Respondent
from monitor.cases.permission import MayNotError
from monitor.cases.respondents import CannotSayError, ChangedMeanwhileError, Reply, say, tie
from monitor.cases.words import Answer, Joins
from tests.monitor.cases.work.office import NOW, Office


@pytest.fixture
def office(db: None) -> Office:
    return Office()


@pytest.fixture
def firm(office: Office) -> Respondent:
    return office.asked(office.firm, Answer.INFORMED)


def test_the_firm_names_the_others_and_the_chamber_ties_it(
    office: Office, firm: Respondent
) -> None:
    other = office.asked(office.other, Answer.ANSWERS)
    head, officer = office.actor(office.head), office.actor(office.officer)
    whom = "乙木业和某律师事务所"
    said = say(firm, Reply(Answer.JOINS, joins=Joins.OTHERS, whom=whom), head, NOW)
    assert (said.joins, said.joins_whom) == ("others", whom)
    tie(officer, firm, other)
    say(firm, Reply(Answer.JOINS, None, "费用分摊", joins=Joins.CHAMBER), head, NOW)
    firm.refresh_from_db()
    assert (firm.joined, firm.joins, firm.joins_whom) == (other, "chamber", "")
    with pytest.raises(MayNotError):
        tie(head, firm, None)
    tie(officer, firm, None)
    firm.refresh_from_db()
    assert firm.joined is None


def test_with_whom_belongs_to_answering_together(office: Office, firm: Respondent) -> None:
    head, officer = office.actor(office.head), office.actor(office.officer)
    for answer, joins, whom in (
        (Answer.ANSWERS, Joins.CHAMBER, ""),
        (Answer.JOINS, Joins.OTHERS, ""),
        (Answer.JOINS, Joins.CHAMBER, "某所"),
    ):
        with pytest.raises(CannotSayError):
            say(firm, Reply(answer, joins=joins, whom=whom), head, NOW)
    with pytest.raises(CannotSayError):
        tie(officer, firm, office.asked(office.other))


def test_the_same_answer_in_other_words_overtakes_too(office: Office, firm: Respondent) -> None:
    head, officer = office.actor(office.head), office.actor(office.officer)
    first = say(firm, Reply(Answer.CONSIDERING, None, "甲"), officer, NOW, last=0)
    say(firm, Reply(Answer.CONSIDERING, None, "乙"), officer, NOW, last=first.pk)
    with pytest.raises(ChangedMeanwhileError):
        say(firm, Reply(Answer.CONSIDERING, None, "丙"), head, NOW, last=first.pk)
