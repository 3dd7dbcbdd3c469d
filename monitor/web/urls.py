"""The pages' addresses. Warnings, feeds and mails link to them: they do not change."""

from django.contrib.auth.views import LogoutView
from django.urls import URLPattern, path, re_path

from monitor.web.cases.urls import urlpatterns as of_cases
from monitor.web.views import account, organisation_sign_in
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
from monitor.web.views.links import links, revoke_link
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
    path("drafts/", keep_draft, name="keep_draft"),
    path("drafts/throw-away/", throw_draft_away, name="throw_draft_away"),
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
    *of_cases,
]
