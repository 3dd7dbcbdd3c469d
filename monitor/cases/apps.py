from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "monitor.cases"
