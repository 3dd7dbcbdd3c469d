from django.apps import AppConfig


class ImpactConfig(AppConfig):
    name = "monitor.impact"

    def ready(self) -> None:
        from monitor.impact import touched  # noqa: PLC0415 - models are loaded only now
        from monitor.search import outside  # noqa: PLC0415
        from monitor.search.tree import Tag  # noqa: PLC0415

        outside.knows_touched(touched.touched)
        outside.knows_values(Tag.LEVEL, touched.levels)
        outside.knows_values(Tag.BASE, touched.bases)
