"""The addresses of what belongs to cases."""

from django.urls import URLPattern, path

from monitor.web.cases.abroad.views import abroad, abroad_check, abroad_contacts, abroad_row
from monitor.web.cases.abroad.writing import (
    abroad_add,
    abroad_add_part,
    abroad_edit,
    abroad_follow,
    abroad_part,
    abroad_status,
    abroad_tie,
)
from monitor.web.cases.calendar.feed_view import case_feed
from monitor.web.cases.calendar.month import month
from monitor.web.cases.calendar.views import case_calendar, know_day, take_over_date
from monitor.web.cases.case import case, reopen_case, say_answer, tie_firms
from monitor.web.cases.cases import cases, open_a_case
from monitor.web.cases.comments.texts import (
    approve_comment,
    comment_answer,
    comment_text,
    edit_comment,
)
from monitor.web.cases.comments.views import (
    call_comments,
    case_comments,
    change_round,
    comment_fate,
    record_comment,
    take_back_comment,
)
from monitor.web.cases.counsel.listing import (
    add_counsel,
    add_experience,
    counsel,
    counsel_list,
    edit_counsel,
    retire_counsel,
    withdraw_experience,
)
from monitor.web.cases.counsel.mandates import (
    change_mandate,
    export_statement,
    mandate,
    mandate_statement,
)
from monitor.web.cases.counsel.offers import (
    add_offer,
    case_counsel,
    decide_offer,
    give_mandate,
)
from monitor.web.cases.counsel.subsidies import case_subsidies, export_subsidies
from monitor.web.cases.file.documents import (
    add_version,
    document,
    download,
    open_document,
    share_document,
    withdraw_document,
)
from monitor.web.cases.file.views import add_document, case_file
from monitor.web.cases.letters.templates import (
    add_letter_template,
    end_letter_template,
    letter_template,
    letter_templates,
)
from monitor.web.cases.letters.views import (
    case_letter,
    case_letters,
    letters_of_all,
    make_letter,
)
from monitor.web.cases.outcomes.learning import export_learning, learning
from monitor.web.cases.outcomes.views import (
    case_outcome,
    close_case,
    enter_outcome,
    take_outcome,
)
from monitor.web.cases.sharing import (
    case_sharing,
    share_case,
    take_back_case,
    take_back_document,
)
from monitor.web.cases.work.adding import add_task
from monitor.web.cases.work.task import (
    add_check,
    answer_proposal,
    block_task,
    drop_task,
    edit_task,
    pass_task,
    reopen_task,
    task,
    tick_task,
)
from monitor.web.cases.work.views import finish_task, hand_over_task, take_task, tasks

urlpatterns: list[URLPattern] = [
    path("measures/<int:pk>/case/", open_a_case, name="open_case"),
    path("sharing/cases/<int:pk>/take-back/", take_back_case, name="take_back_case"),
    path("sharing/documents/<int:pk>/take-back/", take_back_document, name="take_back_document"),
    path("cases/", cases, name="cases"),
    path("cases/<int:pk>/", case, name="case"),
    path("cases/<int:pk>/answers/<int:firm>/", say_answer, name="say_answer"),
    path("calendar/", month, name="month"),
    path("cases/<int:pk>/calendar/", case_calendar, name="case_calendar"),
    path("cases/<int:pk>/calendar/<int:proceeding>/days/", know_day, name="know_day"),
    path("cases/<int:pk>/calendar/dates/<int:date>/", take_over_date, name="take_over_date"),
    path("cases/<int:pk>/abroad/", abroad, name="abroad"),
    path("cases/<int:pk>/abroad/contacts.xlsx", abroad_contacts, name="abroad_contacts"),
    path("cases/<int:pk>/abroad/check/<int:row>/", abroad_check, name="abroad_check"),
    path("cases/<int:pk>/abroad/<slug:subject>/add/", abroad_add, name="abroad_add"),
    path("cases/<int:pk>/abroad/<slug:subject>/<int:row>/", abroad_row, name="abroad_row"),
    path("cases/<int:pk>/abroad/<slug:subject>/<int:row>/edit/", abroad_edit, name="abroad_edit"),
    path(
        "cases/<int:pk>/abroad/<slug:subject>/<int:row>/status/",
        abroad_status,
        name="abroad_status",
    ),
    path(
        "cases/<int:pk>/abroad/<slug:subject>/<int:row>/tasks/",
        abroad_follow,
        name="abroad_follow",
    ),
    path("cases/<int:pk>/abroad/<slug:subject>/<int:row>/tie/", abroad_tie, name="abroad_tie"),
    path(
        "cases/<int:pk>/abroad/<slug:subject>/<int:row>/<slug:part>/add/",
        abroad_add_part,
        name="abroad_add_part",
    ),
    path(
        "cases/<int:pk>/abroad/<slug:subject>/<int:row>/<slug:part>/<int:number>/",
        abroad_part,
        name="abroad_part",
    ),
    path("cases/<int:pk>/comments/", case_comments, name="case_comments"),
    path("cases/<int:pk>/comments/call/", call_comments, name="call_comments"),
    path("comments/<int:pk>/answer/", comment_answer, name="comment_answer"),
    path("comments/<int:pk>/text/", comment_text, name="comment_text"),
    path("comments/<int:pk>/approve/", approve_comment, name="approve_comment"),
    path("comments/<int:pk>/change/<slug:what>/", change_round, name="change_round"),
    path("comments/<int:pk>/record/<slug:what>/", record_comment, name="record_comment"),
    path("comments/paragraphs/<int:pk>/", edit_comment, name="edit_comment"),
    path("comments/paragraphs/<int:pk>/fate/", comment_fate, name="comment_fate"),
    path("comments/<slug:what>/<int:pk>/take-back/", take_back_comment, name="take_back_comment"),
    path("tasks/", tasks, name="tasks"),
    path("cases/<int:pk>/joining/", tie_firms, name="tie_firms"),
    path("cases/<int:pk>/tasks/add/", add_task, name="add_task"),
    path("tasks/<int:pk>/", task, name="task"),
    path("tasks/<int:pk>/edit/", edit_task, name="edit_task"),
    path("tasks/<int:pk>/tick/", tick_task, name="tick_task"),
    path("tasks/<int:pk>/checks/add/", add_check, name="add_check"),
    path("tasks/<int:pk>/again/", reopen_task, name="reopen_task"),
    path("tasks/<int:pk>/drop/", drop_task, name="drop_task"),
    path("tasks/<int:pk>/pass/", pass_task, name="pass_task"),
    path("tasks/<int:pk>/wait/", block_task, name="block_task"),
    path("tasks/<int:pk>/proposal/", answer_proposal, name="answer_proposal"),
    path("tasks/<int:pk>/take/", take_task, name="take_task"),
    path("tasks/<int:pk>/done/", finish_task, name="finish_task"),
    path("tasks/<int:pk>/hand-over/", hand_over_task, name="hand_over_task"),
    path("feeds/cases/<str:secret>.ics", case_feed, name="case_feed"),
    path("cases/<int:pk>/outcome/", case_outcome, name="case_outcome"),
    path("cases/<int:pk>/outcome/enter/", enter_outcome, name="enter_outcome"),
    path("cases/<int:pk>/outcome/take-over/", take_outcome, name="take_outcome"),
    path("cases/<int:pk>/close/", close_case, name="close_case"),
    path("cases/<int:pk>/reopen/", reopen_case, name="reopen_case"),
    path("learning/", learning, name="learning"),
    path("learning.xlsx", export_learning, name="export_learning"),
    path("cases/<int:pk>/file/", case_file, name="case_file"),
    path("cases/<int:pk>/file/add/", add_document, name="add_document"),
    path("cases/<int:pk>/letters/", case_letters, name="case_letters"),
    path("cases/<int:pk>/letters/<slug:letter>/<slug:language>/", case_letter, name="case_letter"),
    path(
        "cases/<int:pk>/letters/<slug:letter>/<slug:language>/make/",
        make_letter,
        name="make_letter",
    ),
    path(
        "cases/<int:pk>/letters/<slug:letter>/<slug:language>/all.zip",
        letters_of_all,
        name="letters_of_all",
    ),
    path("letters/templates/", letter_templates, name="letter_templates"),
    path("letters/templates/add/", add_letter_template, name="add_letter_template"),
    path("letters/templates/<int:pk>/end/", end_letter_template, name="end_letter_template"),
    path(
        "letters/templates/<slug:letter>/<slug:language>/", letter_template, name="letter_template"
    ),
    path("cases/<int:pk>/sharing/", case_sharing, name="case_sharing"),
    path("cases/<int:pk>/sharing/share/", share_case, name="share_case"),
    path("documents/<int:pk>/", document, name="document"),
    path("documents/<int:pk>/versions/add/", add_version, name="add_version"),
    path(
        "documents/<int:pk>/versions/<int:number>/<slug:form>/download", download, name="download"
    ),
    path("documents/<int:pk>/open/", open_document, name="open_document"),
    path("documents/<int:pk>/withdraw/", withdraw_document, name="withdraw_document"),
    path("documents/<int:pk>/share/", share_document, name="share_document"),
    path("counsel/", counsel_list, name="counsel_list"),
    path("counsel/add/", add_counsel, name="add_counsel"),
    path("counsel/<int:pk>/", counsel, name="counsel"),
    path("counsel/<int:pk>/edit/", edit_counsel, name="edit_counsel"),
    path("counsel/<int:pk>/retire/", retire_counsel, name="retire_counsel"),
    path("counsel/<int:pk>/experience/", add_experience, name="add_experience"),
    path("counsel/experience/<int:pk>/withdraw/", withdraw_experience, name="withdraw_experience"),
    path("cases/<int:pk>/counsel/", case_counsel, name="case_counsel"),
    path("cases/<int:pk>/counsel/offers/add/", add_offer, name="add_offer"),
    path("cases/<int:pk>/counsel/mandates/give/", give_mandate, name="give_mandate"),
    path("cases/<int:pk>/subsidies/", case_subsidies, name="case_subsidies"),
    path("cases/<int:pk>/subsidies.xlsx", export_subsidies, name="export_subsidies"),
    path("offers/<int:pk>/decide/", decide_offer, name="decide_offer"),
    path("mandates/<int:pk>/", mandate, name="mandate"),
    path("mandates/<int:pk>/<slug:act>/", change_mandate, name="change_mandate"),
    path("statements/<int:pk>/", mandate_statement, name="mandate_statement"),
    path("statements/<int:pk>.xlsx", export_statement, name="export_statement"),
]
