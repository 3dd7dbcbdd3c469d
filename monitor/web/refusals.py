"""What is said to whoever their organisation's provider could not let in."""

from django.utils.translation import gettext_lazy as _

from monitor.accounts.entrance.oidc.refused import Why
from monitor.notices.labels import Labels

SENTENCES: Labels = {
    Why.NOWHERE: _("No organisation has this code. Ask whoever owns yours here for the link."),
    Why.TOO_MANY: _("There were too many attempts from your network: wait a little."),
    Why.UNANSWERED: _(
        "Your organisation's sign-in cannot be reached now. Try it again later, or sign in with "
        "your password."
    ),
    Why.UNCLEAR: _(
        "Your organisation's sign-in does not answer as it should. Tell whoever runs it, or sign "
        "in with your password."
    ),
    Why.DENIED: _("Your organisation's sign-in did not let you through."),
    Why.STRAY: _(
        "This sign-in took too long, was used already or began in another browser. Begin it again."
    ),
    Why.FORGED: _(
        "What came from your organisation's sign-in could not be proven to be meant for us and for "
        "now. Begin it again; if that does not help, tell whoever runs it."
    ),
    Why.NO_MAIL: _(
        "Your organisation's sign-in does not say that it has verified your mail address. Tell "
        "whoever runs it."
    ),
    Why.OUTSIDE: _(
        "Your mail address there is of no domain that your organisation has named here. Tell its "
        "owner."
    ),
    Why.UNKNOWN: _(
        "Your account there is not connected with one here. Have yourself invited by your "
        "organisation, with the same mail address; if you have an account here already, sign in "
        "with your password and connect it on the page “My account”."
    ),
}
