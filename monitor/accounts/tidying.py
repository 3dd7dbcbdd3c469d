"""Throws away what has expired and says where people were: sessions, failures, mail addresses."""

from collections import Counter
from datetime import datetime

from monitor.accounts.entrance.braking import FORGOTTEN
from monitor.accounts.entrance.mail_changes import UNDONE_WITHIN
from monitor.accounts.models import Brake, MailChange, Session


def tidy(now: datetime) -> Counter[str]:
    """Counts what was thrown away: `sessions`, `failures`, `mail_changes`."""
    return Counter(
        sessions=Session.objects.filter(expire_date__lt=now).delete()[0],
        failures=Brake.objects.filter(last_at__lt=now - FORGOTTEN).delete()[0],
        mail_changes=MailChange.objects.filter(asked_at__lt=now - UNDONE_WITHIN).delete()[0],
    )
