"""Kinds of organisations, and roles within one."""

from django.db.models import TextChoices


class Kind(TextChoices):
    OFFICE = "office"
    """基地办公室、商务局: of the province, or of one city"""
    CHAMBER = "chamber"
    """商会"""
    FEDERATION = "federation"
    """联合会"""
    ENTERPRISE = "enterprise"
    """会员企业"""
    COUNSEL = "counsel"
    """律所"""
    ASSOCIATION = "association"
    """境外协会"""


class Role(TextChoices):
    """What somebody may do for an organisation: `who_may.txt` says what that is."""

    OWNER = "owner"
    OFFICER = "officer"
    """经办"""
    READER = "reader"
