"""Kafka: a consumer that gates each batch, hands it on, and commits its offsets last."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Self, Unpack, cast

import pyarrow as pa

from privscan import api
from privscan.errors import IncompleteError, UsageError

if TYPE_CHECKING:
    from confluent_kafka import Message, TopicPartition

    from privscan.api import GateOptions

AUTO_COMMIT = "enable.auto.commit"

Rows = Callable[[Sequence[Any]], pa.Table]
"""From messages to the table that is gated and handed on."""


def json_rows(messages: Sequence[Message]) -> pa.Table:
    """A row for each message whose value is a JSON object, with its key and headers; of a null only these.

    `IncompleteError` names the message or column that cannot be a row or column.
    """
    records = [_record(message) for message in messages]
    names = dict.fromkeys(name for record in records for name in record)
    return pa.table({name: _column(name, records) for name in names})


class GatedConsumer:
    """Subscribes to topics; batches are judged each by itself, with the options of `gate`.

    What is stopped is neither handed on nor committed: it is the first thing the next call sees,
    of this consumer or of another in its group. A batch can be handed on twice, but never unseen.
    """

    def __init__(
        self,
        config: Mapping[str, Any],
        topics: Sequence[str],
        *,
        rows: Rows = json_rows,
        **options: Unpack[GateOptions],
    ) -> None:
        from confluent_kafka import Consumer

        if str(config.get(AUTO_COMMIT, False)).lower() != "false":
            hint = f"leave {AUTO_COMMIT} out"
            raise UsageError("offsets are committed after the gate, not by a clock", hint=hint)
        self._consumer = Consumer({**config, AUTO_COMMIT: False})
        self._consumer.subscribe(list(topics))
        self._rows, self._options = rows, options

    def hand_on(
        self, load: Callable[[pa.Table], object], *, most: int = 10_000, wait: float = 1.0
    ) -> int:
        """Gate what comes within `wait` seconds, call `load` with it, commit; how many messages.

        Raises `PolicyViolationError` or `IncompleteError` instead of calling `load`.
        """
        taken = self._consumer.consume(most, wait)
        messages = [message for message in taken if message.error() is None]
        try:
            _no_trouble(taken)
            if not messages:
                return 0
            data = self._rows(messages)
            api.gate(data, **self._options).enforce()
            load(data)
            self._commit(messages)
        except BaseException:
            self._rewind(messages)
            raise
        return len(messages)

    def __enter__(self) -> Self:
        """Itself; left at the end."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close."""
        self.close()

    def close(self) -> None:
        """Leave the group; what was not committed goes to its other members."""
        self._consumer.close()

    def _commit(self, messages: Sequence[Message]) -> None:
        from confluent_kafka import KafkaException

        after = _edges(messages, last=True)
        for one in self._consumer.commit(offsets=after, asynchronous=False):
            if one.error is not None:
                raise KafkaException(one.error)

    def _rewind(self, messages: Sequence[Message]) -> None:
        """Stand before the batch again; where that cannot be, close: going on would lose it."""
        from confluent_kafka import KafkaException

        try:
            for one in _edges(messages, last=False):
                self._consumer.seek(one)
        except KafkaException:
            self.close()


def _no_trouble(taken: Iterable[Message]) -> None:
    """Raise the first error among messages; the end of a partition is none."""
    from confluent_kafka import KafkaError, KafkaException

    for message in taken:
        error = message.error()
        if error is not None and error.code() != KafkaError._PARTITION_EOF:  # noqa: SLF001  its public name
            raise KafkaException(error)


def _edges(messages: Sequence[Message], *, last: bool) -> list[TopicPartition]:
    """For each partition, the offset past its last message, or that of its first."""
    from confluent_kafka import TopicPartition

    found: dict[tuple[str, int], int] = {}
    for message in messages:
        place = str(message.topic()), cast("int", message.partition())
        if last or place not in found:
            found[place] = cast("int", message.offset()) + last
    return [
        TopicPartition(topic, partition, offset) for (topic, partition), offset in found.items()
    ]


def _record(message: Message) -> dict[str, Any]:
    headers = cast("list[tuple[str, bytes | None]]", message.headers() or [])
    beside = [("kafka.key", message.key()), *((f"kafka.header.{n}", v) for n, v in headers)]
    known = {name: _text(value) for name, value in beside if value is not None}
    value = message.value()
    said = {} if value is None else _object(value)
    if said is None:
        where = f"{message.topic()}[{message.partition()}] offset {message.offset()}"
        hint = "give rows=, a function from messages to a pyarrow.Table"
        raise IncompleteError("the message is no JSON object", where=where, hint=hint)
    return {**known, **said}


def _object(value: bytes) -> dict[str, Any] | None:
    """None for what is none, so that no error that quotes it is passed on."""
    try:
        said = json.loads(value)
    except (ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) else None


def _text(value: bytes | str) -> str:
    return value if isinstance(value, str) else value.decode(errors="backslashreplace")


def _column(name: str, records: Sequence[Mapping[str, Any]]) -> pa.Array:
    try:
        return pa.array([record.get(name) for record in records])
    except (pa.ArrowException, OverflowError, ValueError, TypeError):
        pass  # Arrow's error quotes the cell: ours is raised outside of its handler
    hint = "give rows=, a function from messages to a pyarrow.Table"
    raise IncompleteError("the messages differ in the type of a field", where=name, hint=hint)
