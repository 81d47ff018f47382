"""Manifests of scans and assessments: inputs digested before they are read, reports once written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from privscan.cli.output import files_of, targets
from privscan.cli.scanning import Run, secret, sources
from privscan.errors import UsageError
from privscan.model.manifest import Configuration, FileDigest

if TYPE_CHECKING:
    from privscan.model.assessment import Assessment
    from privscan.model.report import Report


@dataclass(frozen=True, slots=True)
class Seal:
    """What a manifest needs to know before the scan begins."""

    file: Path
    run: Run
    inputs: Sequence[FileDigest]

    def close(self, report: Report) -> None:
        """Write the manifest of the report that the run has delivered."""
        from privscan.render._manifest import manifest_of, signed, text, write_private
        from privscan.rulebook.age import stale
        from privscan.rulebook.load import rulebook
        from privscan.scan.inputs import digested, named

        now, folder = datetime.now(UTC), self._folder
        manifest = manifest_of(
            report,
            made_at=now,
            stale_rules=stale(rulebook(), now.date()),
            configuration=self._configuration(report),
            sources=[named(source, folder) for source in self.run.sources],
            inputs=self.inputs,
            reports=[digested(file, folder) for file in files_of(self.run.outputs)],
        )
        key = secret(self.run.key_file)
        write_private(self.file, text(signed(manifest, key) if key else manifest))

    def _configuration(self, report: Report) -> Configuration:
        from privscan.assess.context import find_context
        from privscan.scan.inputs import digested

        given = self.run.context
        beside = (find_context(dataset.uri) for dataset in report.datasets)
        files = {Path(given)} if given else {file for file in beside if file}
        return Configuration(
            plan_digest=report.tool.plan_digest,
            keyed=self.run.key_file is not None,
            not_run=dict(report.tool.not_run),
            contexts=tuple(digested(file, self._folder) for file in sorted(files)),
        )

    @property
    def _folder(self) -> Path:
        return self.file.resolve().parent


def sealed(run: Run, manifest: str) -> Seal:
    """The run with its sources named one by one, and its inputs' digests; checked before any work."""
    from privscan.scan.inputs import inputs

    run = replace(run, sources=sources(run.sources))
    if not run.outputs:
        raise UsageError(
            "a manifest vouches for a report in a file, and none is written",
            where="--manifest",
            hint=f"privscan scan SOURCE -o report.json --manifest {manifest}",
        )
    targets((*run.outputs, manifest), run.sources)
    if Path(manifest).suffix != ".json":
        raise UsageError("a manifest is JSON", where=manifest, hint="report.manifest.json")
    file = Path(manifest)
    return Seal(file, run, inputs(run.sources, file.resolve().parent))


@dataclass(frozen=True, slots=True)
class AssessmentSeal:
    """What the manifest of an assessment needs to know: its reports, what people said, its files."""

    file: Path
    reports: Sequence[str]
    said: Sequence[Path]
    outputs: Sequence[str]
    key_file: str | None

    def close(self, made: Assessment) -> None:
        """Write the manifest of the assessment that the files of `outputs` hold."""
        from privscan.render._manifest import manifest_of, signed, text, write_private
        from privscan.rulebook.age import stale
        from privscan.rulebook.load import rulebook
        from privscan.scan.inputs import digested, placed

        now, folder, report = datetime.now(UTC), self.file.resolve().parent, made.report
        contexts = sorted({Path(d.declared_in) for d in made.datasets if d.declared_in})
        read = [*map(Path, self.reports), *(file for file in self.said if file.is_file())]
        manifest = manifest_of(
            replace(report, tool=replace(report.tool, rules_digest=made.rules_digest)),
            made_at=now,
            stale_rules=stale(rulebook(), now.date()),
            configuration=Configuration(
                plan_digest=report.tool.plan_digest,
                keyed=self.key_file is not None,
                not_run=dict(report.tool.not_run),
                contexts=tuple(digested(file, folder) for file in contexts),
            ),
            sources=[placed(file, folder) for file in read],
            inputs=[digested(file, folder) for file in read],
            reports=[digested(file, folder) for file in files_of(self.outputs)],
        )
        key = secret(self.key_file)
        write_private(self.file, text(signed(manifest, key) if key else manifest))


def sealed_assessment(
    given: Mapping[str, Any], saved: Sequence[str], outputs: Sequence[str], answers: Path
) -> AssessmentSeal | None:
    """The seal that `--manifest` asks for, checked before any work; None where it is not asked."""
    from privscan.assess.organisation import find_organisation

    manifest, key_file = given["manifest"], given["key_file"]
    if manifest is None:
        return None
    secret(key_file)
    if not outputs:
        raise UsageError(
            "a manifest vouches for an assessment in a file, and none is written",
            where="--manifest",
            hint=f"privscan assess REPORT -o assessment.html --manifest {manifest}",
        )
    if Path(manifest).suffix != ".json":
        raise UsageError("a manifest is JSON", where=manifest, hint="assessment.manifest.json")
    if Path(manifest).resolve() in {Path(one).resolve() for one in (*saved, *outputs)}:
        raise UsageError("this file is read or written already", where=manifest)
    home = Path(saved[-1]).parent
    org = Path(given["org"]) if given["org"] else find_organisation(home, Path())
    said = (answers, *((org,) if org else ()))
    return AssessmentSeal(Path(manifest), saved, said, outputs, key_file)
