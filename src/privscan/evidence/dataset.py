"""Evidence about a whole scan: a header, and for each dataset its columns and what was unread."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field

from privscan.errors import UnequalHeadersError
from privscan.evidence.bottomk import BottomK
from privscan.evidence.column import ColumnEvidence
from privscan.evidence.tally import added
from privscan.model.data import Unread, in_list
from privscan.model.kinds import Kind


@dataclass(frozen=True, slots=True)
class Header:
    """Digests of plan and rules, library versions, and the id of the hash key (not the key).

    Only evidence under one header adds up: Polars' hash differs between its versions.
    """

    plan: str
    rules: str
    libraries: str
    key_id: str


@dataclass(frozen=True, slots=True)
class DatasetEvidence:
    """What was seen in one dataset; `joint` sketches sets of quasi-identifying columns.

    A column outside lists has a cell in every row: where a part lacks it, its cells are missing.
    `media` counts images, decoded, with_faces, faces and with_gps. `version` names the snapshot of
    a table that was read, or all of them where parts are of several.
    """

    name: str
    uri: str
    kind: str
    rows: int = 0
    bytes: int = 0
    files: int = 0
    columns: Mapping[str, ColumnEvidence] = field(default_factory=dict)
    joint: Mapping[tuple[str, ...], BottomK] = field(default_factory=dict)
    media: Mapping[str, int] = field(default_factory=dict)
    unread: tuple[Unread, ...] = ()
    version: str = ""

    def __add__(self, other: DatasetEvidence) -> DatasetEvidence:
        """Associative and commutative for equal names."""
        return DatasetEvidence(
            name=self.name,
            uri=min(self.uri, other.uri),
            kind=self.kind if self.kind == other.kind else "mixed",
            rows=self.rows + other.rows,
            bytes=self.bytes + other.bytes,
            files=self.files + other.files,
            columns=dict(_columns(self, other)),
            joint=added(self.joint, other.joint),
            media=added(self.media, other.media),
            unread=tuple(sorted(self.unread + other.unread)),
            version=_versions(self.version, other.version),
        )


def _versions(one: str, two: str) -> str:
    return one if one == two else ", ".join(sorted({*one.split(", "), *two.split(", ")} - {""}))


def _columns(one: DatasetEvidence, two: DatasetEvidence) -> Iterator[tuple[str, ColumnEvidence]]:
    for path in {**one.columns, **two.columns}:
        mine = one.columns.get(path) or missing(path, one.rows)
        yield path, mine + (two.columns.get(path) or missing(path, two.rows))


def missing(path: str, rows: int) -> ColumnEvidence:
    """Evidence of a column that `rows` rows lack; of a column in lists it is the identity."""
    cells = 0 if in_list(path) else rows
    return ColumnEvidence(path, Kind.TEXT, rows=cells, nulls=cells)


@dataclass(frozen=True, slots=True)
class Evidence:
    """The monoid of a scan; `Evidence(header)` is its identity, `+` its operation."""

    header: Header
    datasets: Mapping[str, DatasetEvidence] = field(default_factory=dict)

    def __add__(self, other: Evidence) -> Evidence:
        """Associative and commutative; unequal headers raise `UnequalHeadersError`."""
        mine, theirs = asdict(self.header), asdict(other.header)
        unequal = [name for name, value in mine.items() if theirs[name] != value]
        if unequal:
            raise UnequalHeadersError(
                f"evidence made under a different {' and '.join(unequal)} does not add up",
                hint="observe all parts with one plan, one version and one key",
            )
        return Evidence(self.header, added(self.datasets, other.datasets))
