"""A decorator for functions that return data: what breaks the policy does not leave them."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import pyarrow as pa

Function = TypeVar("Function", bound=Callable[..., Any])


def guarded(
    function: Function, gate: Callable[[Any], Any], guard: Callable[[Any], Any]
) -> Function:
    """The function with its result gated; a reader or iterator of batches it returns is guarded."""

    def passed(result: Any) -> Any:
        if isinstance(result, pa.RecordBatchReader | Iterator):
            return guard(result)
        gate(result).enforce()
        return result

    @functools.wraps(function)
    def call(*args: Any, **kwargs: Any) -> Any:
        return passed(function(*args, **kwargs))

    @functools.wraps(function)
    async def awaited(*args: Any, **kwargs: Any) -> Any:
        return passed(await function(*args, **kwargs))

    return awaited if inspect.iscoroutinefunction(function) else call  # type: ignore[return-value]
