"""From the call to what the adopted text made of it."""

from datetime import date, timedelta

import pytest

from monitor.accounts.models import User
from monitor.accounts.words import Role
from monitor.cases.comments import answering, calling, drafting, sending
from monitor.cases.comments.answering import CannotAnswerError
from monitor.cases.comments.calling import CannotCallError
from monitor.cases.comments.drafting import CannotWriteError, Words
from monitor.cases.comments.sending import Became, CannotSayError
from monitor.cases.comments.steps import Step, is_late, rounds, steps
from monitor.cases.comments.subject import days_of
from monitor.cases.comments.summing import summary
from monitor.cases.models import (
    CommentFate,
    CommentRound,
    CommentSheet,
    CommentWording,
    Reminder,
    Respondent,
    Task,
    TradeConcern,
)
from monitor.cases.overtaking import Overtaken
from monitor.cases.permission import MayNotError
from monitor.cases.words import Answer, Fate
from monitor.cases.work import reminding
from tests.monitor.cases.comments.chamber import FINAL, NOW, QUESTIONS, RESERVE, Chamber

LATER = NOW + timedelta(days=2)


def now_at(round_: CommentRound) -> Step:
    return next(each.step for each in steps(round_) if each.is_now)


def approved(chamber: Chamber, round_: CommentRound) -> None:
    drafting.write(chamber.lin, round_, Words("4.2", ("tbt-2-4",), "应采用IEC 62301"), LATER)
    shown = [each.pk for each in drafting.standing(round_)]
    drafting.approve(chamber.chen, round_, shown, LATER)


# --- The call ------------------------------------------------------------------------------------


def test_each_firm_has_a_task_and_is_told_and_reminded(chamber: Chamber) -> None:
    head = chamber.person("甲厂长", chamber.firms[0])
    call = Task.objects.create(
        case=chamber.case, organisation=chamber.own, title_zh="征集", created_at=NOW,
        play="tbt-sps-comments/call",
    )  # fmt: skip
    round_ = chamber.called()
    call.refresh_from_db()
    assert call.done_at == NOW
    tasks = Task.objects.filter(organisation__in=chamber.firms)
    assert [task.due for task in tasks] == [round_.answer_by] * 3
    assert Reminder.objects.filter(person=head.user, task__in=tasks).count() == 1
    reminding.remind(NOW + timedelta(days=8))  # seven working days before
    assert Reminder.objects.filter(person=head.user, step=7).count() == 1


def test_a_day_that_is_moved_moves_the_tasks_and_closing_drops_them(chamber: Chamber) -> None:
    round_ = chamber.called()
    answering.save(
        chamber.person("甲", chamber.firms[0]), chamber.asked(0), chamber.content("yes"), 0, NOW,
        hand_in=True,
    )  # fmt: skip
    calling.extend(chamber.lin, round_, date(2025, 6, 30), LATER)
    calling.close(chamber.lin, round_, LATER)
    first, *others = Task.objects.order_by("pk")
    assert (first.due, bool(first.done_at)) == (date(2025, 6, 20), True)
    assert {(t.due, bool(t.dropped_at)) for t in others} == {(date(2025, 6, 30), True)}
    with pytest.raises(CannotCallError):
        calling.extend(chamber.lin, round_, date(2025, 7, 1), LATER)


def test_who_may_call_and_what_a_call_needs(chamber: Chamber) -> None:
    firm = chamber.person("甲", chamber.firms[0])
    day = date(2025, 6, 20)
    with pytest.raises(MayNotError):
        calling.call(firm, chamber.case, QUESTIONS, chamber.respondents, day, "", NOW)
    for questions, firms in (((), chamber.respondents), (QUESTIONS, [])):
        with pytest.raises(CannotCallError):
            calling.call(chamber.lin, chamber.case, questions, firms, day, "", NOW)
    chamber.called()
    with pytest.raises(CannotCallError):
        chamber.called()


# --- Answers -------------------------------------------------------------------------------------


def test_what_was_saved_half_is_gone_on_with_and_handed_in(chamber: Chamber) -> None:
    chamber.called()
    asked, firm = chamber.asked(0), chamber.person("甲", chamber.firms[0])
    answering.save(firm, asked, chamber.content("yes"), 0, NOW)
    assert asked.task.done_at is None
    answering.save(firm, asked, chamber.content("yes", "3.5"), 1, LATER, hand_in=True)
    answering.save(firm, asked, chamber.content("yes", "4"), 2, LATER, hand_in=True)
    sheets = CommentSheet.objects.filter(asked=asked)
    assert [len(sheet.content) for sheet in sheets] == [1, 2, 2]
    assert Respondent.objects.get(organisation=chamber.firms[0]).answer == Answer.ANSWERS
    assert Task.objects.get(pk=asked.task_id).done_at == LATER


def test_two_people_of_a_firm_put_their_answers_together_or_are_told(chamber: Chamber) -> None:
    chamber.called()
    asked = chamber.asked(0)
    one, other = (chamber.person(name, chamber.firms[0]) for name in ("甲一", "甲二"))
    answering.save(one, asked, chamber.content("yes", "3"), 0, NOW)
    both = answering.save(other, asked, chamber.content("", "", "第4条"), 0, NOW)
    assert sorted(both.content.values()) == ["3", "yes", "第4条"]
    with pytest.raises(Overtaken) as told:
        answering.save(other, asked, chamber.content("yes", "9", "第4条"), 0, NOW)
    assert list(told.value.theirs.values()) == ["3"]
    assert list(told.value.mine.values()) == ["9"]
    assert sorted(told.value.whole.values()) == ["9", "yes", "第4条"]
    assert CommentSheet.objects.count() == 2


@pytest.mark.parametrize("wrong", [{"ours": "maybe"}, {"cost": "-1"}, {"cost": "NaN"}])
def test_an_answer_that_the_question_does_not_take(chamber: Chamber, wrong: dict[str, str]) -> None:
    chamber.called()
    firm = chamber.person("甲", chamber.firms[0])
    with pytest.raises(CannotAnswerError):
        answering.save(firm, chamber.asked(0), chamber.content(**wrong), 0, NOW)


def test_nobody_else_writes_on_a_firms_sheet(chamber: Chamber) -> None:
    round_ = chamber.called()
    for other in (chamber.lin, chamber.person("乙", chamber.firms[1])):
        with pytest.raises(MayNotError):
            answering.save(other, chamber.asked(0), chamber.content("yes"), 0, NOW)
    calling.close(chamber.lin, round_, NOW)
    firm = chamber.person("甲", chamber.firms[0])
    with pytest.raises(CannotAnswerError):
        answering.save(firm, chamber.asked(0), chamber.content("yes"), 0, NOW)


def test_the_chamber_reads_all_and_others_no_figure_of_one_firm(chamber: Chamber) -> None:
    round_ = chamber.called()
    office = chamber.person("处长", chamber.office)
    for number, cost in enumerate(("3", "5", "11")):
        if number == 2:
            few = summary(office, round_, whole=False)
        firm = chamber.person(f"厂{number}", chamber.firms[number])
        given = chamber.content("yes", cost, f"第{number}条")
        answering.save(firm, chamber.asked(number), given, 0, NOW, hand_in=True)
    assert (few.asked, few.answered) == (3, 2)
    assert all(each.median is None and each.closed and not each.counts for each in few.sums)
    whole, outside = (
        summary(actor, round_, whole=mine) for actor, mine in ((chamber.lin, True), (office, False))
    )
    ours, cost_, clause = whole.sums
    assert (ours.counts, cost_.median, cost_.low, cost_.high) == ({"yes": 3}, 5, 3, 11)
    assert [each.value for each in clause.said] == ["第0条", "第1条", "第2条"]
    assert outside.sums[1].median == 5
    assert not any(each.said for each in outside.sums)


# --- The text ------------------------------------------------------------------------------------


def test_nobody_approves_what_they_wrote_nor_what_they_have_not_read(chamber: Chamber) -> None:
    round_ = chamber.called()
    mine = drafting.write(chamber.lin, round_, Words("4.2", ("tbt-2-4",), "一"), NOW)
    theirs = drafting.write(chamber.chen, round_, Words("5", (), "", "two"), NOW)
    shown = [mine.pk, theirs.pk]
    assert drafting.approve(chamber.chen, round_, shown, NOW) == 1
    assert not drafting.is_approved(round_)
    drafting.edit(chamber.chen, theirs.paragraph, 1, Words("5", (), "", "two, better"), LATER)
    assert drafting.approve(chamber.lin, round_, shown, LATER) == 0
    shown = [each.pk for each in drafting.standing(round_)]
    assert drafting.approve(chamber.lin, round_, shown, LATER) == 1
    assert drafting.is_approved(round_)
    drafting.edit(chamber.chen, mine.paragraph, 1, Words("4.2", (), "一", gone=True), LATER)
    assert not drafting.is_approved(round_)


def test_two_who_edit_a_paragraph_lose_nothing(chamber: Chamber) -> None:
    round_ = chamber.called()
    first = drafting.write(chamber.lin, round_, Words("4.2", ("tbt-2-4",), "一", "one"), NOW)
    paragraph = first.paragraph
    drafting.edit(chamber.lin, paragraph, 1, Words("4.2", ("tbt-2-4",), "一改", "one"), NOW)
    both = drafting.edit(
        chamber.chen, paragraph, 1, Words("4.2", ("tbt-2-2",), "一", "one, better"), NOW
    )
    assert (both.zh, both.en, both.articles) == ("一改", "one, better", ["tbt-2-2"])
    with pytest.raises(Overtaken) as told:
        drafting.edit(chamber.chen, paragraph, 1, Words("4.2", ("tbt-2-4",), "另", "one"), NOW)
    assert told.value.theirs == {"zh": "一改"}
    assert told.value.mine == {"zh": "另"}
    assert [each.version for each in CommentWording.objects.all()] == [1, 2, 3]


def test_a_letter_is_made_of_plain_paragraphs(chamber: Chamber) -> None:
    assert drafting.paragraphs(chamber.lin, chamber.case) == []
    round_ = chamber.called()
    approved(chamber, round_)
    gone = drafting.write(chamber.lin, round_, Words("", (), "删"), NOW)
    drafting.edit(chamber.lin, gone.paragraph, 1, Words("", (), "删", gone=True), NOW)
    (only,) = drafting.paragraphs(chamber.lin, chamber.case)
    assert (only.number, only.provision, only.articles) == (1, "4.2", (("tbt", "2.4"),))
    assert only.approved
    firm = chamber.person("甲", chamber.firms[0])
    assert drafting.paragraphs(firm, chamber.case) == []


# --- What a person says was done -----------------------------------------------------------------


def test_the_whole_way(chamber: Chamber) -> None:
    round_ = chamber.called()
    assert now_at(round_) is Step.CALLED
    firm = chamber.person("甲", chamber.firms[0])
    answering.save(firm, chamber.asked(0), chamber.content("yes"), 0, NOW, hand_in=True)
    assert now_at(round_) is Step.COLLECTING
    with pytest.raises(CannotSayError):
        sending.sent(chamber.lin, round_, "林", sending.POINT, NOW.date(), "", None, NOW)
    approved(chamber, round_)
    assert now_at(round_) is Step.APPROVED
    days = days_of(chamber.case)
    assert (days.reserve, days.final) == (RESERVE, FINAL)
    assert not is_late(round_, days, RESERVE)
    assert is_late(round_, days, RESERVE + timedelta(days=1))
    at = NOW + timedelta(days=50)
    sending.sent(
        chamber.lin, round_, "林", sending.POINT, RESERVE, "第12号", None, at + timedelta(9)
    )
    assert not is_late(round_, days, FINAL)
    (words,) = drafting.standing(round_)
    with pytest.raises(CannotWriteError):
        drafting.edit(chamber.lin, words.paragraph, 1, Words(zh="别的"), at)
    later = NOW + timedelta(days=120)
    sending.reply(chamber.lin, round_, "DOE", "部分采纳", date(2025, 9, 1), None, later)
    assert now_at(round_) is Step.REPLIED
    adoption = chamber.notice("adopted", date(2025, 9, 20))
    for fate in (Fate.PARTLY, Fate.ACCEPTED):
        became = Became(fate, "4.3", adoption, 12)
        sending.became(chamber.lin, words.paragraph, became, later)
    assert now_at(round_) is Step.ADOPTED
    assert CommentFate.objects.count() == 2
    (figures,) = rounds(chamber.lin)
    assert (figures.asked, figures.answered, figures.in_time, figures.points) == (3, 1, True, 1)
    assert figures.fates == {Fate.ACCEPTED: 1}
    assert rounds(chamber.person("别会", chamber.other, Role.OFFICER)) == []


def test_a_mistake_is_taken_back_and_stays_known(chamber: Chamber) -> None:
    round_ = chamber.called()
    approved(chamber, round_)
    sent = sending.sent(chamber.lin, round_, "林", "x", LATER.date(), "", None, LATER)
    reply = sending.reply(chamber.lin, round_, "DOE", "收到", LATER.date(), None, LATER)
    with pytest.raises(CannotSayError):
        sending.take_back(chamber.lin, sent, LATER)
    sending.take_back(chamber.lin, reply, LATER)
    sending.take_back(chamber.lin, sent, LATER)
    sent.refresh_from_db()
    assert sent.withdrawn_by == User.objects.get(name="林干事")
    assert now_at(round_) is Step.APPROVED


def test_a_draft_that_is_withdrawn_or_a_round_called_off_ends_there(chamber: Chamber) -> None:
    round_ = chamber.called()
    concern = TradeConcern(committee="tbt", day=NOW.date(), number="STC 612", raised_by="中国")
    assert sending.raised(chamber.lin, round_, concern, NOW).acting_for == chamber.own
    chamber.notice("withdrawn", date(2025, 6, 10))
    assert now_at(round_) is Step.WITHDRAWN
    with pytest.raises(CannotCallError):
        calling.call_off(chamber.lin, round_, " ", LATER)
    calling.call_off(chamber.lin, round_, "影响很小", LATER)
    round_.refresh_from_db()
    assert now_at(round_) is Step.CALLED_OFF
    assert chamber.called(LATER).number == 2
