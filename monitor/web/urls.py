"""The pages' addresses. Warnings, feeds and mails link to them: they do not change."""

from django.contrib.auth.views import LogoutView
from django.urls import URLPattern, path, re_path

from monitor.web.views import account, organisation_sign_in
from monitor.web.views.abroad import abroad, abroad_check, abroad_contacts, abroad_row
from monitor.web.views.abroad_writing import (
    abroad_add,
    abroad_add_part,
    abroad_edit,
    abroad_follow,
    abroad_part,
    abroad_status,
    abroad_tie,
)
from monitor.web.views.adding_task import add_task
from monitor.web.views.applications import (
    application,
    applications,
    apply,
    apply_to,
    approve_application,
    filed,
    refuse_application,
)
from monitor.web.views.bases import base
from monitor.web.views.captures import capture
from monitor.web.views.case import case, say_answer, tie_firms
from monitor.web.views.case_calendar import case_calendar, know_day, take_over_date
from monitor.web.views.case_counsel import (
    add_offer,
    case_counsel,
    decide_offer,
    give_mandate,
)
from monitor.web.views.case_feed import case_feed
from monitor.web.views.case_file import add_document, case_file
from monitor.web.views.case_letters import (
    case_letter,
    case_letters,
    letters_of_all,
    make_letter,
)
from monitor.web.views.case_outcome import (
    case_outcome,
    close_case,
    enter_outcome,
    take_outcome,
)
from monitor.web.views.case_sharing import (
    case_sharing,
    share_case,
    take_back_case,
    take_back_document,
)
from monitor.web.views.cases import cases, open_a_case
from monitor.web.views.comment_texts import (
    approve_comment,
    comment_answer,
    comment_text,
    edit_comment,
)
from monitor.web.views.comments import (
    call_comments,
    case_comments,
    change_round,
    comment_fate,
    record_comment,
    take_back_comment,
)
from monitor.web.views.counsel import (
    add_counsel,
    add_experience,
    counsel,
    counsel_list,
    edit_counsel,
    retire_counsel,
    withdraw_experience,
)
from monitor.web.views.documents import (
    add_version,
    document,
    download,
    open_document,
    share_document,
    withdraw_document,
)
from monitor.web.views.drafts import keep_draft, throw_draft_away
from monitor.web.views.exports import export
from monitor.web.views.firms import (
    approve_import,
    edit_firm,
    firm,
    firms,
    invite_to_firm,
    let_firm_go,
)
from monitor.web.views.forgotten import Reset, forgotten, forgotten_sent
from monitor.web.views.home import home
from monitor.web.views.impacts import impact
from monitor.web.views.invitations import invitation, send_invitation, withdraw_invitation
from monitor.web.views.keys import keys, revoke_key
from monitor.web.views.learning import export_learning, learning
from monitor.web.views.letter_templates import (
    add_letter_template,
    end_letter_template,
    letter_template,
    letter_templates,
)
from monitor.web.views.links import links, revoke_link
from monitor.web.views.mandates import (
    change_mandate,
    export_statement,
    mandate,
    mandate_statement,
)
from monitor.web.views.measures import measure
from monitor.web.views.members import change_role, hand_over, invite, let_go, members
from monitor.web.views.merging import (
    duplicates,
    merge,
    tell_apart,
    undo_merger,
    withdraw_distinction,
)
from monitor.web.views.notices import notice
from monitor.web.views.operators import health
from monitor.web.views.organisations import leave, organisations
from monitor.web.views.passkeys import (
    drop_passkey,
    keep_passkey,
    passkey_creation,
    passkey_request,
    sign_in_passkey,
)
from monitor.web.views.past_cases import past_case, past_cases
from monitor.web.views.providers import disconnect_person, provider, remove_provider
from monitor.web.views.search import search, suggest
from monitor.web.views.second_factor import (
    authenticator,
    drop_authenticator,
    recovery_codes,
    second_factor,
)
from monitor.web.views.sessions import end_other_sessions, end_session, own_sessions
from monitor.web.views.sharing import share, sharing, take_back
from monitor.web.views.sign_in import sign_in, sign_in_code, sign_in_sample
from monitor.web.views.sources import sources
from monitor.web.views.summaries import export_summary, members_summary
from monitor.web.views.task import (
    add_check,
    answer_proposal,
    block_task,
    drop_task,
    edit_task,
    reopen_task,
    task,
    tick_task,
)
from monitor.web.views.tasks import finish_task, hand_over_task, take_task, tasks
from monitor.web.views.trail import my_trail, trail, trail_export
from monitor.web.views.versions import version

urlpatterns: list[URLPattern] = [
    path("sign-in/", sign_in, name="sign_in"),
    path("sign-in/code/", sign_in_code, name="sign_in_code"),
    path("sign-in/passkey/", sign_in_passkey, name="sign_in_passkey"),
    path("sign-in/passkey/request/", passkey_request, name="passkey_request"),
    path(
        "sign-in/organisation/",
        organisation_sign_in.sign_in_organisation,
        name="sign_in_organisation",
    ),
    path("sign-in/organisation/back/", organisation_sign_in.sign_in_back, name="sign_in_back"),
    path(
        "sign-in/organisation/<slug:code>/",
        organisation_sign_in.sign_in_organisation,
        name="sign_in_by_code",
    ),
    path("sign-in/sample/", sign_in_sample, name="sign_in_sample"),
    path("sign-in/forgotten/", forgotten, name="forgotten"),
    path("sign-in/forgotten/sent/", forgotten_sent, name="forgotten_sent"),
    path("sign-in/reset/<uidb64>/<token>/", Reset.as_view(), name="reset"),
    path("sign-out/", LogoutView.as_view(), name="sign_out"),
    path("account/", account.account, name="account"),
    path("account/acting/", account.acting, name="acting"),
    path("account/password/", account.password, name="password"),
    path("account/mail/", account.mail, name="mail"),
    path("account/mail/confirm/<str:secret>/", account.mail_confirm, name="mail_confirm"),
    path("account/mail/undo/<str:secret>/", account.mail_undo, name="mail_undo"),
    path("account/mail/undone/", account.mail_undone, name="mail_undone"),
    path("account/sessions/", own_sessions, name="sessions"),
    path("account/sessions/end/", end_session, name="end_session"),
    path("account/sessions/end-others/", end_other_sessions, name="end_other_sessions"),
    path("account/second-factor/", second_factor, name="second_factor"),
    path("account/second-factor/authenticator/", authenticator, name="authenticator"),
    path(
        "account/second-factor/authenticator/drop/", drop_authenticator, name="drop_authenticator"
    ),
    path("account/second-factor/passkeys/", keep_passkey, name="keep_passkey"),
    path("account/second-factor/passkeys/creation/", passkey_creation, name="passkey_creation"),
    path("account/second-factor/passkeys/<int:pk>/drop/", drop_passkey, name="drop_passkey"),
    path("account/second-factor/codes/", recovery_codes, name="recovery_codes"),
    path("account/organisation/<int:pk>/connect/", organisation_sign_in.connect, name="connect"),
    path(
        "account/organisation/<int:pk>/disconnect/",
        organisation_sign_in.disconnect,
        name="disconnect",
    ),
    path("account/feeds/", links, name="links"),
    path("account/feeds/<int:pk>/revoke/", revoke_link, name="revoke_link"),
    path("account/trail/", my_trail, name="my_trail"),
    path("trail/", trail, name="trail"),
    path("trail/export.csv", trail_export, name="trail_export"),
    path("", home, name="home"),
    path("bases/<slug:code>/", base, name="base"),
    path("impacts/<int:pk>/", impact, name="impact"),
    path("measures/<int:pk>/", measure, name="measure"),
    path("measures/<int:pk>/case/", open_a_case, name="open_case"),
    path("notices/<int:pk>/", notice, name="notice"),
    path("notices/<int:pk>/versions/<int:number>/", version, name="version"),
    path("captures/<int:pk>/", capture, name="capture"),
    path("search/", search, name="search"),
    path("search/suggest/", suggest, name="suggest"),
    re_path(r"^search/export\.(?P<kind>csv|xlsx)$", export, name="export"),
    path("past-cases/", past_cases, name="past_cases"),
    path("past-cases/<slug:slug>/", past_case, name="past_case"),
    path("sources/", sources, name="sources"),
    path("health", health, name="health"),
    path("organisations/", organisations, name="organisations"),
    path("organisations/<int:pk>/leave/", leave, name="leave"),
    path("members/", members, name="members"),
    path("members/invite/", invite, name="invite"),
    path("members/hand-over/", hand_over, name="hand_over"),
    path("members/<int:pk>/role/", change_role, name="change_role"),
    path("members/<int:pk>/let-go/", let_go, name="let_go"),
    path("invitations/<str:secret>/", invitation, name="invitation"),
    path("invitations/<int:pk>/send/", send_invitation, name="send_invitation"),
    path("invitations/<int:pk>/withdraw/", withdraw_invitation, name="withdraw_invitation"),
    path("firms/", firms, name="firms"),
    path("firms/approve/", approve_import, name="approve_import"),
    path("firms/<int:pk>/", firm, name="firm"),
    path("firms/<int:pk>/edit/", edit_firm, name="edit_firm"),
    path("firms/<int:pk>/invite/", invite_to_firm, name="invite_to_firm"),
    path("firms/<int:pk>/let-go/", let_firm_go, name="let_firm_go"),
    path("keys/", keys, name="keys"),
    path("keys/<int:pk>/revoke/", revoke_key, name="revoke_key"),
    path("provider/", provider, name="provider"),
    path("provider/remove/", remove_provider, name="remove_provider"),
    path("provider/people/<int:pk>/disconnect/", disconnect_person, name="disconnect_person"),
    path("sharing/", sharing, name="sharing"),
    path("sharing/share/", share, name="share"),
    path("sharing/<int:pk>/take-back/", take_back, name="take_back"),
    path("sharing/cases/<int:pk>/take-back/", take_back_case, name="take_back_case"),
    path("sharing/documents/<int:pk>/take-back/", take_back_document, name="take_back_document"),
    path("cases/", cases, name="cases"),
    path("cases/<int:pk>/", case, name="case"),
    path("cases/<int:pk>/answers/<int:firm>/", say_answer, name="say_answer"),
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
    path("drafts/", keep_draft, name="keep_draft"),
    path("drafts/throw-away/", throw_draft_away, name="throw_draft_away"),
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
    path("offers/<int:pk>/decide/", decide_offer, name="decide_offer"),
    path("mandates/<int:pk>/", mandate, name="mandate"),
    path("mandates/<int:pk>/<slug:act>/", change_mandate, name="change_mandate"),
    path("statements/<int:pk>/", mandate_statement, name="mandate_statement"),
    path("statements/<int:pk>.xlsx", export_statement, name="export_statement"),
    path("apply/", apply, name="apply"),
    path("apply/<int:pk>/", apply_to, name="apply_to"),
    path("apply/form/<str:secret>/", application, name="application"),
    path("applications/", applications, name="applications"),
    path("applications/<int:pk>/", filed, name="filed_application"),
    path("applications/<int:pk>/approve/", approve_application, name="approve_application"),
    path("applications/<int:pk>/refuse/", refuse_application, name="refuse_application"),
    path("summary/", members_summary, name="summary"),
    path("summary.xlsx", export_summary, name="export_summary"),
    path("duplicates/", duplicates, name="duplicates"),
    path("duplicates/<int:kept>/<int:merged>/", merge, name="merge"),
    path("duplicates/<int:one>/<int:other>/apart/", tell_apart, name="tell_apart"),
    path("distinctions/<int:pk>/withdraw/", withdraw_distinction, name="withdraw_distinction"),
    path("mergers/<int:pk>/undo/", undo_merger, name="undo_merger"),
]
