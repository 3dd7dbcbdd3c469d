"""RASFF notifications of the European Commission: one CSV listing."""

from crawlers.families.bulk_file import BulkFileSpider


class Rasff(BulkFileSpider):
    name = "eu-rasff"
