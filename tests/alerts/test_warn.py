"""Who is warned, and that it is once."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alerts import deliver, warn
from alerts.models import Delivery
from alerts.models import Warning as Warned
from alerts.recipients import catch_up
from monitor.impact.models import Impact
from monitor.jobs.rooms import State


@pytest.mark.django_db
class TestWhoIsWarned:
    def test_a_recipient_of_the_base(self, build, now):
        recipient = build.recipient()
        build.subscription(recipient)
        impact = build.impact()

        counts = warn.room().walk(now)

        assert counts == {"rows": 1, "warnings": 1}
        warning = Warned.objects.get()
        assert warning.recipient == recipient
        assert warning.measure == impact.entry.measure
        assert warning.occasion == impact.entry.occasion
        assert list(warning.impacts.all()) == [impact]
        assert warning.pace == "now"
        assert Impact.objects.get().warn_state == State.DONE

    def test_nobody_of_another_base(self, build, now):
        build.subscription(build.recipient(), build.base("tea", name_zh="茶"))
        build.impact()
        assert warn.room().walk(now) == {"rows": 1, "quiet": 1}

    @pytest.mark.parametrize(
        ("level", "minimum", "told"),
        [
            ("red", "red", True),
            ("orange", "red", False),
            ("blue", "blue", True),
            ("watch", "blue", False),
            ("watch", "watch", True),
            ("red", "watch", True),
        ],
    )
    def test_from_the_level_asked_for(self, build, now, level, minimum, told):
        build.subscription(build.recipient(), minimum_level=minimum)
        build.impact(level=level)
        warn.room().walk(now)
        assert Warned.objects.exists() is told

    @pytest.mark.parametrize(
        ("kinds", "told"), [([], True), (["anti_dumping", "recall"], True), (["recall"], False)]
    )
    def test_of_the_kinds_asked_for(self, build, now, kinds, told):
        build.subscription(build.recipient(), kinds=kinds)
        build.impact()
        warn.room().walk(now)
        assert Warned.objects.exists() is told

    @pytest.mark.parametrize(
        ("asked", "markets", "told"),
        [
            ([], ["US"], True),
            (["US"], ["US"], True),
            (["JP"], ["US"], False),
            (["EU"], ["DE", "FR"], True),
            (["DE"], ["EU"], True),
            (["GB"], ["EU"], False),
            (["US"], [], True),  # nothing counted: the authority's own market, here the US
            (["JP"], [], False),
        ],
    )
    def test_of_the_markets_asked_for(self, build, now, asked, markets, told):
        build.subscription(build.recipient(), markets=asked)
        build.impact(markets=markets)
        warn.room().walk(now)
        assert Warned.objects.exists() is told

    def test_not_where_nothing_changed(self, build, now):
        build.subscription(build.recipient())
        build.impact(entry=build.entry(change=[]))
        assert warn.room().walk(now) == {"rows": 1, "quiet": 1}


@pytest.mark.django_db
class TestWhatIsHistory:
    def old(self, build, days, next_date, last=None):
        published = (build.now - timedelta(days=days)).date()
        measure = build.measure(last_published=last or published)
        entry = build.entry(measure, notice=build.notice(published=published))
        return build.impact(entry=entry, next_date=next_date)

    @pytest.mark.parametrize(
        ("days", "ahead", "told"),
        [
            (-8, 30, False),  # not published yet at the moment that `--as-of` names
            (-7, 30, True),
            (45, None, True),
            (46, None, False),
            (46, -1, False),  # over, also west of the date line
            (46, 0, True),
            (46, 30, True),
            (46, 400, False),  # a sunset review in the next year but one is no news
        ],
    )
    def test_warns_only_while_it_can_be_acted_on(self, build, now, days, ahead, told):
        # At 01:00 UTC of 2 June it is still 1 June at UTC-12.
        next_date = None if ahead is None else date(2025, 6, 1) + timedelta(days=ahead)
        build.subscription(build.recipient())
        self.old(build, days, next_date)
        warn.room().walk(now)
        assert Warned.objects.exists() is told

    def test_warns_only_as_the_last_word_of_its_measure(self, build, now):
        build.subscription(build.recipient())
        self.old(build, 400, date(2025, 7, 1), last=date(2025, 1, 10))
        assert warn.room().walk(now) == {"rows": 1, "quiet": 1}

    def test_five_years_of_history_are_quiet(self, build, now):
        build.subscription(build.recipient())
        for days in range(60, 1800, 60):
            self.old(build, days, None)
        assert warn.room().walk(now) == {"rows": 29, "quiet": 29}


@pytest.mark.django_db
class TestOnce:
    def test_a_second_notice_of_the_same_occasion_joins_it(self, build, now):
        build.subscription(build.recipient())
        measure = build.measure()
        first = build.impact(entry=build.entry(measure))
        warn.room().walk(now)
        second = build.impact(entry=build.entry(measure))
        assert warn.room().walk(now) == {"rows": 1, "joined": 1}
        assert set(Warned.objects.get().impacts.all()) == {first, second}

    def test_a_new_occasion_warns_again(self, build, now):
        build.subscription(build.recipient())
        measure = build.measure()
        build.impact(entry=build.entry(measure))
        build.impact(entry=build.entry(measure, occasion="investigation/final/2025-06-01"))
        assert warn.room().walk(now) == {"rows": 2, "warnings": 2}

    def test_a_second_base_is_on_the_warning_without_a_second_message(self, build, now):
        recipient = build.recipient()
        build.channel(recipient)
        tools = build.base("tools", name_zh="五金基地")
        build.subscription(recipient)
        build.subscription(recipient, tools)
        entry = build.entry()
        build.impact(entry=entry)
        warn.room().walk(now)
        deliver.enqueue_room().walk(now)
        deliver.send_due(now)

        late = build.impact(tools, entry)
        warn.room().walk(now)
        deliver.enqueue_room().walk(now)

        assert Warned.objects.get().impacts.filter(pk=late.pk).exists()
        assert Delivery.objects.count() == 1

    def test_an_urgent_base_takes_a_waiting_warning_out_of_the_digest(self, build, now):
        recipient = build.recipient()
        tools = build.base("tools", name_zh="五金基地")
        build.subscription(recipient, pace="daily")
        build.subscription(recipient, tools, pace="now")
        entry = build.entry()
        build.impact(entry=entry)
        warn.room().walk(now)
        assert Warned.objects.get().pace == "daily"
        build.impact(tools, entry)
        warn.room().walk(now)
        assert Warned.objects.get().pace == "now"

    def test_who_comes_later_can_catch_up_and_nobody_hears_twice(self, build, now):
        build.subscription(build.recipient())
        build.impact()
        warn.room().walk(now)
        build.subscription(build.recipient())
        assert warn.room().walk(now) == {}
        assert catch_up(["footwear"]) == 1
        assert warn.room().walk(now) == {"rows": 1, "warnings": 1, "joined": 1}

    @settings(
        max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
    )
    @given(data=st.data())
    def test_whatever_the_order_and_the_repetition(self, data, make_build, now):
        """One warning per recipient, measure and occasion; one delivery for each."""
        with transaction.atomic():
            self._walk_at_random(data, make_build(), now)
            transaction.set_rollback(True)

    def _walk_at_random(self, data, build, now):
        bases = [build.base("footwear"), build.base("tools")]
        for name in ("a", "b"):
            recipient = build.recipient(name)
            build.channel(recipient)
            for base in bases:
                build.subscription(recipient, base)
        measures = [build.measure(), build.measure()]
        cell = st.tuples(
            st.sampled_from(measures), st.sampled_from(["x", "y"]), st.sampled_from(bases)
        )
        for measure, occasion, base in data.draw(st.lists(cell, min_size=1, max_size=8)):
            build.impact(base, build.entry(measure, occasion=occasion))
            if data.draw(st.booleans()):
                warn.room().walk(now, limit=data.draw(st.integers(1, 3)))
            if data.draw(st.booleans()):
                deliver.enqueue_room().walk(now)
            if data.draw(st.booleans()):  # assessed again
                Impact.objects.update(warn_state=State.READY)
        warn.room().walk(now)
        deliver.enqueue_room().walk(now)

        expected = Impact.objects.values("entry__measure", "entry__occasion").distinct().count()
        assert Warned.objects.count() == 2 * expected
        assert Delivery.objects.count() == 2 * expected
        for impact in Impact.objects.all():
            assert impact.warnings.count() == 2


@pytest.mark.django_db(transaction=True)
def test_rooms_in_parallel_do_not_double(build, now, run_together):
    measure = build.measure()
    for base in [build.base("footwear"), build.base("tools"), build.base("toys")]:
        for name in ("a", "b"):
            build.subscription(build.recipient(f"{base.code} {name}"), base)
        for occasion in ("x", "y", "z"):
            build.impact(base, build.entry(measure, occasion=occasion))
            build.impact(base, build.entry(measure, occasion=occasion))

    run_together([lambda: warn.room().walk(now, limit=1)] * 3)

    assert not Impact.objects.exclude(warn_state=State.DONE).exists()
    assert Warned.objects.count() == 3 * 2 * 3
    assert all(w.impacts.count() == 2 for w in Warned.objects.all())
