"""The words of a header that say how a column is protected, and what it says without them."""

from __future__ import annotations

import re

from privscan.rulebook.load import by_rules
from privscan.rulebook.names import header_entities

_SAYS = re.compile(
    r"(?:^|[_\-. \[(]|(?<=[a-z])(?=[A-Z]))(?i:hashed|hash|sha[_-]?(?:1|224|256|384|512)?|md5|digest"
    r"|hmac|hex|masked|mask|encrypted|enc|cipher(?:text)?|tokeni[sz]ed|token|anonymi[sz]ed|anon"
    r"|redacted|pseudonymi[sz]ed|ハッシュ(?:化|値)?|マスク(?:済み?)?|暗号化|匿名化)(?=$|[_\-. \])]|[A-Z])"
)


@by_rules(512)
def bare(path: str) -> str:
    """The header without words for a protection, where the rest still says what it holds."""
    left = _SAYS.sub("", path).strip("_-. []()")
    if not left or left == path:
        return path
    named = {entity for entity, bits in header_entities(left) if bits > 0}
    said = {entity for entity, bits in header_entities(path) if bits > 0}
    return left if named or not said else path


def only_protected(path: str) -> bool:
    """Whether the header says that values are protected, and nothing else."""
    return bool(_SAYS.search(path)) and not re.search(r"\w", _SAYS.sub("", path))
