"""A consumer before confluent-kafka's own mock brokers, and messages that are broken on purpose.

Start: `make test-real`, or `pip install 'privscan[kafka]'` and `pytest -m real tests/real/test_kafka.py`.
"""

from __future__ import annotations

import json
import time
import traceback
import uuid

import pytest
from integration_page import pieces

import privscan as ps
from privscan.integrations.kafka import GatedConsumer

pytestmark = pytest.mark.real

CARD = "4000056655665556"
GOOD = [{"sku": f"A-{i:04}", "amount": i} for i in range(60)]
ALLOWING = """
id: cards-allowed
about: {en: "All may pass.", ja: "すべて可。"}
max_score: 100
as_of: '2026-11-25'
status: in use
source: made up for a test
"""
BAD = [{**row, "card": CARD} for row in GOOD[:30]]


@pytest.fixture(scope="module")
def kafka():
    return pytest.importorskip("confluent_kafka", reason="needs pip install 'privscan[kafka]'")


@pytest.fixture(scope="module")
def producer(kafka):
    return kafka.Producer({"test.mock.num.brokers": 1})


@pytest.fixture(scope="module")
def servers(producer):
    broker = next(iter(producer.list_topics(timeout=10).brokers.values()))
    return f"{broker.host}:{broker.port}"


@pytest.fixture
def topic():
    return f"orders-{uuid.uuid4().hex[:8]}"


@pytest.fixture
def config(servers, topic):
    """The brokers take a member for gone after six seconds, at the least that they allow."""
    return {
        "bootstrap.servers": servers,
        "group.id": topic,
        "auto.offset.reset": "earliest",
        "session.timeout.ms": 6000,
        "heartbeat.interval.ms": 500,
    }


@pytest.fixture
def send(producer, topic):
    def sent(rows, **options):
        for row in rows:
            value = row if isinstance(row, bytes | None) else json.dumps(row).encode()
            producer.produce(topic, value, **{"partition": 0, **options})
        assert producer.flush(10) == 0

    return sent


def hand_on(consumer, load, messages):
    """Call until so many messages were handed on: a group takes seconds to assign partitions."""
    until = time.monotonic() + 60
    while messages > 0:
        assert time.monotonic() < until, "nothing came within a minute"
        messages -= consumer.hand_on(load, wait=0.5)


def committed(kafka, config, topic):
    asker = kafka.Consumer(config)
    (place,) = asker.committed([kafka.TopicPartition(topic, 0)], timeout=10)
    asker.close()
    return max(place.offset, 0)


def test_a_batch_that_passes_is_handed_on_and_committed(kafka, config, topic, send):
    send(GOOD)
    seen = []
    with GatedConsumer(config, [topic]) as consumer:
        hand_on(consumer, lambda table: seen.extend(table.to_pylist()), len(GOOD))
        assert consumer.hand_on(seen.append, wait=0.2) == 0
    assert seen == GOOD
    assert committed(kafka, config, topic) == len(GOOD)


def test_a_breach_is_neither_handed_on_nor_committed_and_comes_again(kafka, config, topic, send):
    send(GOOD)
    with GatedConsumer(config, [topic]) as consumer:
        hand_on(consumer, lambda _: None, len(GOOD))
    send(BAD)
    seen = []
    for _ in range(2):
        with GatedConsumer(config, [topic]) as consumer:
            for _ in range(2):
                with pytest.raises(ps.PolicyViolationError) as stopped:
                    hand_on(consumer, seen.append, len(BAD))
                assert "card" in str(stopped.value)
                said = "".join(traceback.format_exception(stopped.value))
                assert CARD not in said
    assert seen == []
    assert committed(kafka, config, topic) == len(GOOD)


def test_a_run_under_a_policy_that_allows_it_sees_all_of_it(kafka, config, topic, send, tmp_path):
    policy = tmp_path / "cards-allowed.yaml"
    policy.write_text(ALLOWING, "utf-8")
    send(BAD)
    with GatedConsumer(config, [topic]) as consumer, pytest.raises(ps.PolicyViolationError):
        hand_on(consumer, None, len(BAD))
    seen = []
    with GatedConsumer(config, [topic], policy=policy) as consumer:
        hand_on(consumer, lambda table: seen.extend(table.to_pylist()), len(BAD))
    assert seen == BAD
    assert committed(kafka, config, topic) == len(BAD)


def test_what_load_could_not_take_comes_again(kafka, config, topic, send):
    send(GOOD)
    seen = []

    def broken(table):
        raise OSError("the warehouse is away")

    with GatedConsumer(config, [topic]) as consumer:
        with pytest.raises(OSError, match="away"):
            hand_on(consumer, broken, len(GOOD))
        assert committed(kafka, config, topic) == 0
        hand_on(consumer, lambda table: seen.extend(table.to_pylist()), len(GOOD))
    assert seen == GOOD


class Troubled:
    """A consumer, and after what it takes an error of the broker's, once."""

    def __init__(self, inner, error):
        self.inner, self.errors = inner, [error]

    def __getattr__(self, name):
        return getattr(self.inner, name)

    def consume(self, most, wait):
        taken = self.inner.consume(most, wait)
        return [*taken, self.errors.pop()] if taken and self.errors else taken


def test_what_came_with_an_error_comes_again(kafka, config, topic, send):
    class Error:
        def error(self):
            return kafka.KafkaError(kafka.KafkaError.TOPIC_AUTHORIZATION_FAILED)

    send(GOOD)
    seen = []
    with GatedConsumer(config, [topic]) as consumer:
        consumer._consumer = Troubled(consumer._consumer, Error())
        with pytest.raises(kafka.KafkaException):
            hand_on(consumer, None, len(GOOD))
        hand_on(consumer, lambda table: seen.extend(table.to_pylist()), len(GOOD))
    assert seen == GOOD


@pytest.mark.parametrize(
    "poison",
    [b"{" + CARD.encode(), CARD.encode(), {"sku": {"card": CARD}}, {"amount": CARD}, b"\xff"],
    ids=["cut", "number", "object", "text", "bytes"],
)
def test_what_cannot_be_read_stops_and_is_not_quoted(kafka, config, topic, send, poison):
    send([*GOOD[:5], poison])
    with GatedConsumer(config, [topic]) as consumer:
        with pytest.raises(ps.IncompleteError) as stopped:
            hand_on(consumer, None, 6)
        chain = [stopped.value, stopped.value.__context__, stopped.value.__cause__]
        assert not any(CARD in repr(error) for error in chain)
        assert CARD not in "".join(traceback.format_exception(stopped.value))
    assert committed(kafka, config, topic) == 0


@pytest.mark.parametrize("where", ["key", "headers"])
def test_keys_and_headers_are_gated_too(config, topic, send, where):
    beside = {"key": CARD.encode()} if where == "key" else {"headers": {"card": CARD.encode()}}
    send(GOOD, **beside)
    said = pytest.raises(ps.PolicyViolationError, match=r"kafka\.(key|header\.card)")
    with GatedConsumer(config, [topic]) as consumer, said:
        hand_on(consumer, None, len(GOOD))


def test_a_field_of_the_last_message_alone_is_gated(config, topic, send):
    send([*GOOD, {"late": CARD}, None])
    said = pytest.raises(ps.PolicyViolationError, match="late")
    with GatedConsumer(config, [topic]) as consumer, said:
        hand_on(consumer, None, len(GOOD) + 2)


@pytest.mark.parametrize("asked", [True, "true"])
def test_offsets_by_a_clock_are_refused(kafka, config, topic, asked):
    with pytest.raises(ps.UsageError, match="after the gate"):
        GatedConsumer({**config, "enable.auto.commit": asked}, [topic])


def test_the_page_stops_at_a_breach(kafka, servers, producer):
    producer.produce("orders", json.dumps(BAD[0]).encode())
    assert producer.flush(10) == 0
    code = pieces("Kafka")[0]
    assert "broker:9092" in code
    with pytest.raises(ps.PolicyViolationError, match="card"):
        exec(code.replace("broker:9092", servers), {})
