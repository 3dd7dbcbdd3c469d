"""What sentinels see, and that it is once."""

from collections import defaultdict
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alerts import saved_searches, sentinels, sightings
from alerts.models import Delivery, Sentinel, Sighting
from alerts.recipients import WrongRecipient
from alerts.saved_searches import Search, remove, save
from alerts.watching import OVERLAP, Watching
from monitor.accounts.words import Kind
from monitor.jobs.rooms import State
from monitor.notices.models import Notice, ProductClaim
from monitor.notices.waking import wake
from monitor.search.language import QueryError


@pytest.fixture
def watching():
    return Watching()


@pytest.fixture
def walk(watching, now):
    return lambda at=now: sentinels.room(watching).walk(at)


@pytest.mark.django_db
class TestWhatIsSeen:
    @pytest.mark.parametrize(
        ("query", "seen"),
        [
            ("market:US kind:anti_dumping", True),
            ("steel nails", True),
            ("美国 反倾销", True),
            ('"preliminary determination" NOT market:EU', True),
            ("market:EU", False),
            ("ceramics", False),
            ("NOT nails", False),
            ("after:2025-05-21", False),
            ("published<=30d", True),
        ],
    )
    def test_what_satisfies_the_query(self, build, walk, query, seen):
        sentinel = build.sentinel(build.recipient(), query)
        notice = build.settled()
        assert walk() == ({"rows": 1, "sightings": 1} if seen else {"rows": 1})
        assert list(Sighting.objects.values_list("sentinel", "notice", "measure")) == (
            [(sentinel.pk, notice.pk, None)] if seen else []
        )
        notice.refresh_from_db()
        assert notice.watch_state == State.DONE

    def test_goods_by_their_other_names_unless_it_is_exact(self, build, walk):
        wide = build.sentinel(build.recipient(), "螺丝")
        build.sentinel(build.recipient(), "螺丝", widened=False)
        notice = build.settled()
        ProductClaim.objects.create(
            notice=notice, code="7318", probability=0.9, evidence=[{"kind": "text"}], model="m"
        )
        walk()
        assert [sighting.sentinel for sighting in Sighting.objects.all()] == [wide]

    @pytest.mark.parametrize(
        ("level", "minimum", "seen"),
        [
            ("red", "orange", True),
            ("orange", "orange", True),
            ("yellow", "orange", False),
            (None, "watch", False),
            (None, None, True),
        ],
    )
    def test_from_the_level_asked_for(self, build, walk, level, minimum, seen):
        build.sentinel(build.recipient(), minimum_level=minimum)
        notice = build.settled()
        if level:
            build.impact(entry=build.entry(notice=notice), level=level)
        walk()
        assert Sighting.objects.exists() is seen

    @pytest.mark.parametrize("waiting", ["classify_state", "assess_state"])
    def test_not_before_it_is_known_what_it_is_about(self, build, walk, waiting):
        build.sentinel(build.recipient(), "NOT hs:7317")
        notice = build.settled()
        Notice.objects.update(**{waiting: State.READY})
        assert walk() == {}
        ProductClaim.objects.create(
            notice=notice, code="7317", probability=0.9, evidence=[{"kind": "text"}], model="m"
        )
        Notice.objects.update(**{waiting: State.DONE})
        assert walk() == {"rows": 1}

    @pytest.mark.parametrize(("days", "seen"), [(-8, False), (-7, True), (45, True), (46, False)])
    def test_only_what_is_recent(self, build, walk, now, days, seen):
        build.sentinel(build.recipient())
        build.settled(published=(now - timedelta(days=days)).date())
        walk()
        assert Sighting.objects.exists() is seen

    def test_again_when_it_is_classified_otherwise(self, build, walk):
        build.sentinel(build.recipient(), "hs:7318")
        notice = build.settled()
        assert walk() == {"rows": 1}
        ProductClaim.objects.create(
            notice=notice, code="7318", probability=0.9, evidence=[{"kind": "text"}], model="m"
        )
        wake([notice.pk])
        Notice.objects.update(assess_state=State.DONE)
        assert walk() == {"rows": 1, "sightings": 1}
        wake([notice.pk])
        Notice.objects.update(assess_state=State.DONE)
        assert walk() == {"rows": 1, "known": 1}


@pytest.mark.django_db
class TestTheLifeOfAMeasure:
    @pytest.fixture
    def measure(self, build):
        build.sentinel(build.recipient())
        return build.measure()

    def follow(self, build, *measures, change=()):
        notice = build.settled()
        for measure in measures:
            build.entry(measure, notice=notice, change=list(change))
        return notice

    def test_what_repeats_is_not_told(self, build, walk, measure):
        self.follow(build, measure, change=["event"])
        self.follow(build, measure)
        assert walk() == {"rows": 2, "sightings": 1, "quiet": 1}
        assert Sighting.objects.get().measure == measure

    @pytest.mark.parametrize("change", ["event", "deadline", "scope"])
    def test_what_people_act_on_is(self, build, walk, measure, change):
        self.follow(build, measure, change=["event"])
        walk()
        self.follow(build, measure, change=[change])
        assert walk() == {"rows": 1, "sightings": 1}

    def test_what_repeats_is_told_where_nothing_was(self, build, walk, measure):
        self.follow(build, measure)
        assert walk() == {"rows": 1, "sightings": 1}

    def test_of_two_measures_one_is_enough(self, build, walk, measure):
        other = build.measure()
        self.follow(build, measure, change=["event"])
        self.follow(build, measure, other)
        self.follow(build, measure, other)
        assert walk() == {"rows": 3, "sightings": 2, "quiet": 1}
        assert {sighting.measure for sighting in Sighting.objects.all()} == {measure, other}

    def test_each_sentinel_has_a_memory_of_its_own(self, build, walk, measure):
        self.follow(build, measure, change=["event"])
        walk()
        late = build.sentinel(build.recipient(), "nails")
        self.follow(build, measure)
        assert walk() == {"rows": 1, "sightings": 1, "quiet": 1}
        assert Sighting.objects.last().sentinel == late


@pytest.mark.django_db
class TestWhoIsOnWatch:
    def test_what_is_added_counts_at_once(self, build, walk):
        walk()
        recipient = build.recipient()
        for _ in range(2):
            build.sentinel(recipient)
            build.settled()
            walk()
        assert Sighting.objects.count() == 1 + 2

    def test_what_is_removed_sees_and_tells_no_more(self, build, walk, now):
        sentinel = build.sentinel(build.recipient())
        build.settled()
        walk()
        remove(sentinel, now)
        build.settled()
        assert walk() == {"rows": 1}
        assert Sighting.objects.get().deliver_state == State.DONE
        assert sightings.enqueue_room().walk(now) == {}

    def test_what_is_changed_is_changed_at_once(self, build, walk, now):
        recipient = build.recipient()
        for query, told in (("market:EU", 0), ("market:US", 1), ("market:JP", 1)):
            save(recipient, "x", Search(query), "now", now)
            build.settled()
            walk()
            assert Sighting.objects.count() == told

    def test_a_change_that_others_see_late_is_not_missed(self, build, walk, now):
        recipient = build.recipient()
        build.sentinel(recipient, "market:EU", changed_at=now)
        other = build.sentinel(recipient, "market:JP", changed_at=now - timedelta(days=1))
        build.settled()
        walk()
        Sentinel.objects.filter(pk=other.pk).update(query="market:US", changed_at=now - OVERLAP / 2)
        build.settled()
        assert walk() == {"rows": 1, "sightings": 1}

    def test_who_went_with_the_recipient_is_forgotten(self, build, walk, watching):
        recipient = build.recipient()
        build.sentinel(recipient)
        assert watching.bring_up_to_date() == 1
        recipient.delete()
        build.settled()
        assert walk() == {"rows": 1}
        assert watching.bring_up_to_date() == 0

    def test_a_query_that_means_nothing_any_more_stops_no_other(self, build, walk, caplog):
        wrong = build.sentinel(build.recipient(), "colour:red")
        good = build.sentinel(build.recipient())
        for _ in range(2):
            build.settled()
            walk()
        assert {sighting.sentinel for sighting in Sighting.objects.all()} == {good}
        assert saved_searches.fault(good) is None
        assert saved_searches.fault(wrong).at == 0
        assert caplog.text.count(f"sentinel #{wrong.pk} does not watch") == 1


@pytest.mark.django_db
class TestKeeping:
    def test_a_wrong_query_is_refused_with_its_place(self, build, now):
        with pytest.raises(QueryError) as refused:
            save(build.recipient(), "x", Search("nails colour:red"), "now", now)
        assert (refused.value.at, refused.value.end) == (6, 12)
        assert not Sentinel.objects.exists()

    @pytest.mark.parametrize("query", ["", "  ", "the"])
    def test_not_for_everything_unless_it_is_loud(self, build, now, query):
        with pytest.raises(QueryError, match="所有公告"):
            save(build.recipient(), "x", Search(query), "now", now)
        save(build.recipient(), "x", Search(query, minimum_level="red"), "now", now)

    @pytest.mark.parametrize(("level", "pace"), [("loud", "now"), (None, "hourly")])
    def test_what_cannot_be_is_refused(self, build, now, level, pace):
        with pytest.raises(WrongRecipient, match="allowed are"):
            save(build.recipient(), "x", Search("nails", minimum_level=level), pace, now)

    def test_the_same_name_is_the_same_sentinel(self, build, now):
        recipient = build.recipient()
        first = save(recipient, "x", Search("nails"), "now", now)
        remove(first, now)
        later = now + timedelta(days=1)
        again = save(recipient, "x", Search("tiles", exact=True), "daily", later)
        assert again.pk == first.pk
        again.refresh_from_db()
        assert (again.active, again.widened, again.pace) == (True, False, "daily")
        assert (again.created_at, again.changed_at) == (now, later)


QUERIES = ("market:US", "nails", "NOT kind:recall", "market:EU")


@pytest.mark.django_db
class TestOnce:
    @settings(
        max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
    )
    @given(data=st.data())
    def test_whatever_the_order_and_whatever_is_killed(self, data, make_build, now):
        with transaction.atomic():
            self._walk_at_random(data, make_build(), now)
            transaction.set_rollback(True)

    def _walk_at_random(self, data, build, now):
        recipients = [build.recipient(name) for name in ("a", "b")]
        channels = [build.channel(recipient) for recipient in recipients for _ in range(2)]
        kept = [build.sentinel(r, query) for r in recipients for query in QUERIES]
        fickle = build.sentinel(recipients[0], "market:US", name="fickle")
        measures = [build.measure(), build.measure()]
        house = [Watching()]

        def step(room, limit, *, killed):
            with transaction.atomic():
                room.step(now, limit)
                transaction.set_rollback(killed)

        def arrive():
            notice = build.settled(kinds=data.draw(st.sampled_from([["recall"], ["sps"]])))
            for measure in data.draw(st.sets(st.sampled_from(measures), max_size=2)):
                change = data.draw(st.sampled_from([[], ["event"]]))
                build.entry(measure, notice=notice, change=change)

        def look(killed=False):
            step(sentinels.room(house[0]), data.draw(st.integers(1, 3)), killed=killed)

        def tell(killed=False):
            step(sightings.enqueue_room(), data.draw(st.integers(1, 3)), killed=killed)

        def restart():
            house[0] = Watching()

        def waver():
            if data.draw(st.booleans()):
                remove(fickle, now)
            else:
                save(
                    recipients[0], "fickle", Search(data.draw(st.sampled_from(QUERIES))), "now", now
                )

        deeds = {
            "arrive": arrive,
            "look": look,
            "tell": tell,
            "die looking": lambda: look(killed=True),
            "die telling": lambda: tell(killed=True),
            "restart": restart,
            "waver": waver,
            "wake": lambda: Notice.objects.update(watch_state=State.READY),
            "tell again": lambda: Sighting.objects.filter(sentinel__in=kept).update(
                deliver_state=State.READY
            ),
        }
        for name in data.draw(st.lists(st.sampled_from(sorted(deeds)), min_size=4, max_size=20)):
            deeds[name]()
        arrive()
        sentinels.room(house[0]).walk(now)
        sightings.enqueue_room().walk(now)

        seen = Sighting.objects.filter(sentinel__in=kept)
        assert set(seen.values_list("sentinel", "notice")) == _expected(kept)
        told = [
            (delivery.channel_id, sighting.pk)
            for delivery in Delivery.objects.all()
            for sighting in delivery.sightings.filter(sentinel__in=kept)
        ]
        assert len(told) == len(set(told))
        assert set(told) == {
            (channel.pk, sighting.pk)
            for sighting in seen.select_related("sentinel")
            for channel in channels
            if channel.recipient_id == sighting.sentinel.recipient_id
        }


def _expected(kept):
    """The rule, said once more: in the order of arrival, what changes something or is first."""
    satisfied = {
        "market:US": lambda _: True,
        "nails": lambda _: True,
        "NOT kind:recall": lambda notice: notice.kinds != ["recall"],
        "market:EU": lambda _: False,
    }
    expected, told = set(), defaultdict(set)
    for notice in Notice.objects.order_by("pk"):
        entries = list(notice.entries.all())
        for sentinel in kept:
            news = [e for e in entries if e.change or e.measure_id not in told[sentinel.pk]]
            if satisfied[sentinel.query](notice) and (news or not entries):
                expected.add((sentinel.pk, notice.pk))
                told[sentinel.pk] |= {e.measure_id for e in entries}
    return expected


@pytest.mark.django_db(transaction=True)
def test_rooms_in_parallel_do_not_double(build, now, run_together):
    for recipient in (build.recipient(), build.recipient()):
        build.channel(recipient)
        build.sentinel(recipient)
    measure = build.measure()
    for n in range(6):
        build.entry(measure, notice=build.settled(), change=["event"] if n % 2 else [])

    shared = Watching()
    rooms = [sentinels.room(shared), sentinels.room(shared), sentinels.room(Watching())]
    run_together([lambda room=room: room.walk(now, limit=1) for room in rooms])
    run_together([lambda: sightings.enqueue_room().walk(now, limit=1)] * 3)

    assert not Notice.objects.exclude(watch_state=State.DONE).exists()
    for sentinel in Sentinel.objects.all():
        assert sentinel.sightings.filter(notice__entries__change=["event"]).count() == 3
        assert sentinel.sightings.filter(notice__entries__change=[]).count() <= 1
    told = Delivery.objects.values_list("channel", "sightings")
    assert len(told) == len(set(told)) == Sighting.objects.count()


@pytest.mark.django_db
def test_whoever_may_not_read_of_bases_does_not_search_by_them(build, now):
    desk = build.recipient(organisation=build.organisation(Kind.COUNSEL, "律所"))
    for query in ("nails base:footwear", "nails level:red"):
        with pytest.raises(QueryError):
            save(desk, "岗", Search(query), "now", now)
    with pytest.raises(WrongRecipient):
        save(desk, "岗", Search("nails", minimum_level="red"), "now", now)
    assert save(desk, "岗", Search("nails"), "now", now).active
