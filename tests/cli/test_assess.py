"""`privscan assess`: answers and signatures from the command line, and files that are wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import privscan as ps

TOLD = "jurisdictions: [EU]\nphase: operation\npurposes: [the newsletter]\n"
SAID = ("--context", "told.yaml")


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    """A folder with a saved report of a table with My Numbers, and one with a mail column too."""
    import polars as pl

    folder = tmp_path_factory.mktemp("assessed")
    born = [f"19{50 + i % 50}-0{1 + i % 9}-{10 + i % 18}" for i in range(60)]
    mails = [f"canary{i}qx@example.com" for i in range(60)]
    for name, table in (
        ("old", {"birth_date": born}),
        ("new", {"birth_date": born, "email": mails}),
    ):
        file = folder / "people.csv"
        pl.DataFrame(table).write_csv(file)
        ps.scan(file, detectors=["dates", "pattern", "lexicon"]).save(folder / f"{name}.json")
    return folder


@pytest.fixture
def folder(made, tmp_path) -> Path:
    for name in ("old.json", "new.json"):
        (tmp_path / name).write_text((made / name).read_text("utf-8"), "utf-8")
    (tmp_path / "org.yaml").write_text(
        "roles: {privacy_officer: {name: P}, owner: {name: O}}\n", "utf-8"
    )
    (tmp_path / "told.yaml").write_text(TOLD, "utf-8")
    return tmp_path


def status(folder: Path, inside, report="old.json") -> str:
    done = inside("assess", report, "-f", "json", "-q", cwd=folder)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)["status"]


def test_a_draft_is_signed_and_reopened_by_a_new_finding(folder, inside):
    assert status(folder, inside) == "draft"
    for role in ("owner", "privacy_officer", "committee", "governance_officer"):
        name = "O" if role == "owner" else "P"
        inside("assess", "old.json", "--sign", role, "--name", name, "-q", cwd=folder)
    assert status(folder, inside) == "approved"
    assert status(folder, inside, "new.json") == "draft"
    again = inside("assess", "new.json", cwd=folder).stdout
    assert "new finding: " in again


def test_questions_are_added_once_and_answers_stay(folder, inside):
    inside("assess", "old.json", "--write-answers", "-q", *SAID, cwd=folder)
    file = folder / "assessment.yaml"
    text = file.read_text("utf-8").replace("questions:\n", "questions:\n  # mine\n", 1)
    text = text.replace("answer: ''", "answer: yes", 1)
    file.write_text(text, "utf-8")
    done = inside("assess", "old.json", "--write-answers", "-q", *SAID, cwd=folder)
    assert done.returncode == 0
    assert file.read_text("utf-8") == text
    inside("assess", "new.json", "--write-answers", "-q", *SAID, cwd=folder)
    assert "# mine" in file.read_text("utf-8")
    assert "answer: yes" in file.read_text("utf-8")


def test_nothing_is_written_beside_the_report_unless_asked(folder, inside):
    before = {*folder.iterdir()}
    inside("assess", "old.json", "-o", "a.html", "-o", "a.md", "-o", "a.json", cwd=folder)
    assert {p.name for p in {*folder.iterdir()} - before} == {"a.html", "a.md", "a.json"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--sign", "owner"), "a signature needs a name"),
        (("--sign", "owner", "--name", " "), "a signature needs a name"),
        (("--sign", "council", "--name", "C"), "no dataset's level asks"),
        (("--sign", "owner", "--name", "Somebody else"), "org.yaml names O"),
        (("--sign", "owner", "--name", "O", "--dataset", "peple"), "people"),
        (("--sign", "owner", "--name", "O", "--date", "tomorrow"), "no date"),
        (("-o", "a.docx"), "suffix"),
        (("-f", "json", "--part", "notice"), "does not write"),
        (("-o", "a.md", "-o", "a.xlsx", "--part", "council"), "does not write"),
        (("-o", "no/a.md"), "folder"),
        (("-o", "a.md", "-o", "a.md"), "twice"),
    ],
    ids=str,
)
def test_a_wrong_call_is_told_and_changes_nothing(folder, inside, arguments, said):
    before = {p.name for p in folder.iterdir()}
    done = inside("assess", "old.json", *arguments, cwd=folder)
    assert done.returncode == 2
    assert said in done.stderr
    assert {p.name for p in folder.iterdir()} == before


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("assessment.yaml", "questions:\n  PLAN-SOURCE@people: {answer: perhaps}\n"),
        ("org.yaml", "name: A\nroles: {officer: {}}\n"),
        ("dataset.yaml", "purpose: x\n"),
    ],
)
def test_a_wrong_file_is_named_with_its_line(folder, inside, name, text):
    (folder / name).write_text(text, "utf-8")
    more = ("--context", name) if name == "dataset.yaml" else ()
    done = inside("assess", "old.json", *more, cwd=folder)
    assert done.returncode == 2
    assert f"{name}:" in done.stderr


def test_every_format_is_written_and_a_part_where_there_are_parts(folder, inside):
    names = ("a.html", "a.md", "a.json", "a.xlsx")
    outputs = [word for name in names for word in ("-o", name)]
    assert inside("assess", "old.json", *outputs, "-q", cwd=folder).returncode == 0
    assert all((folder / name).stat().st_size > 1000 for name in names)
    whole = inside("assess", "old.json", "-q", cwd=folder).stdout
    notice = inside("assess", "old.json", "-q", "--part", "notice", cwd=folder).stdout
    assert "## 5. " in notice
    assert "## 11. " not in notice
    assert "## 11. " in whole


def test_what_is_no_report_is_refused(folder, inside):
    (folder / "x.json").write_text('{"schema": "other"}', "utf-8")
    done = inside("assess", "x.json", cwd=folder)
    assert done.returncode == 2
    assert "privscan-report/1" in done.stderr


def test_the_trend_shows_both_reports_and_no_value_is_in_any_document(folder, inside):
    said = ""
    for form in ("html", "markdown", "json"):
        done = inside("assess", "old.json", "new.json", "-f", form, "--lang", "both", cwd=folder)
        assert done.returncode == 0
        said += done.stdout + done.stderr
    inside("assess", "new.json", "--write-answers", "-q", *SAID, cwd=folder)
    said += (folder / "assessment.yaml").read_text("utf-8")
    assert "canary" not in said
    assert "| 2 | " in said


def test_context_beside_the_data_is_read(folder, inside):
    told = inside("assess", "old.json", "--context", "told.yaml", cwd=folder).stdout
    assert "the newsletter" in told
    assert "the newsletter" not in inside("assess", "old.json", cwd=folder).stdout


def test_init_writes_org_and_a_dataset_prefilled_from_a_report(folder, inside):
    (folder / "org.yaml").unlink()
    assert inside("init", "--org", cwd=folder).returncode == 0
    assert "privacy_officer" in (folder / "org.yaml").read_text("utf-8")
    assert inside("init", "--org", cwd=folder).returncode == 2
    elsewhere = inside("init", "--dataset", "--from", "new.json", cwd=folder)
    assert elsewhere.returncode == 0
    assert "no dataset of this report lies here" in elsewhere.stderr
    assert '"email": E-mail' in (folder / "dataset.yaml").read_text("utf-8")
    assert inside("init", "--from", "new.json", cwd=folder).returncode == 2
    assert inside("init", "--each", cwd=folder).returncode == 2
    assert inside("init", "--org", "--dataset", "--force", cwd=folder).returncode == 2


@pytest.fixture
def lake(folder, inside) -> Path:
    """A folder with two tables whose reports lie in another one."""
    import polars as pl

    data = folder / "lake"
    data.mkdir()
    mails = [f"canary{i}qx@example.com" for i in range(60)]
    pl.DataFrame({"email": mails}).write_csv(data / "one.csv")
    pl.DataFrame({"celsius": [*range(60)]}).write_csv(data / "two.csv")
    done = inside("scan", "lake", "--detector", "pattern", "-q", "-o", "old.json", cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder


def test_each_dataset_of_a_folder_gets_its_own_description_and_it_counts(lake, inside):
    asked = inside("init", "--dataset", "--each", "--from", "old.json", "--lang", "ja", cwd=lake)
    assert asked.returncode == 0, asked.stderr
    one, two = lake / "lake" / "one.dataset.yaml", lake / "lake" / "two.dataset.yaml"
    assert "email" in one.read_text("utf-8")
    assert "email" not in two.read_text("utf-8").replace("[email, given_name]", "")
    assert "データセット" in one.read_text("utf-8")
    one.write_text("purposes: [the newsletter]\njurisdictions: [JP]\n", "utf-8")
    again = inside("init", "--dataset", "--each", "--from", "old.json", cwd=lake)
    assert again.returncode == 2
    assert one.read_text("utf-8").startswith("purposes")
    # The description is found beside the data from a folder that the report's paths do not fit.
    (lake / "elsewhere").mkdir()
    seen = inside("assess", "../old.json", "-f", "json", cwd=lake / "elsewhere")
    assert seen.returncode == 0, seen.stderr
    told = {d["dataset"]: dict(d["declared"]) for d in json.loads(seen.stdout)["datasets"]}
    assert told["one"]["purposes"] == ["the newsletter"]
    assert told["two"] == {}
    assert "one.dataset.yaml (1)" in seen.stderr
    assert "canary" not in seen.stdout + seen.stderr
    # A scan reads it as well, and does not take it for data.
    scanned = inside("scan", "lake", "--detector", "pattern", "-q", "-f", "json", cwd=lake)
    report = json.loads(scanned.stdout)
    assert [d["name"] for d in report["datasets"]] == ["one", "two"]
    assert "GDPR" in report["tool"]["not_evaluated"]


def test_a_manifest_of_an_assessment_is_verified(folder, inside):
    made = ("-o", "a.html", "-o", "a.md", "--manifest", "a.manifest.json", *SAID, "-q")
    done = inside("assess", "old.json", "new.json", *made, cwd=folder)
    assert done.returncode == 0, done.stderr
    assert inside("verify", "a.html", cwd=folder).returncode == 0
    (folder / "told.yaml").write_text(TOLD + "owner: Somebody else\n", "utf-8")
    other = inside("verify", "a.html", cwd=folder)
    assert other.returncode == 1
    assert "told.yaml" in other.stdout
    (folder / "told.yaml").write_text(TOLD, "utf-8")
    (folder / "a.md").write_text("approved", "utf-8")
    assert "a.md" in inside("verify", "a.manifest.json", cwd=folder).stdout


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--manifest", "m.json"), "none is written"),
        (("-o", "a.md", "--manifest", "m.txt"), "JSON"),
        (("-o", "a.md", "--manifest", "old.json"), "already"),
        (("-o", "a.md", "--today", "soon"), "no date"),
    ],
    ids=str,
)
def test_a_wrong_manifest_or_day_is_told_before_anything_is_written(folder, inside, more, said):
    before = {p.name: p.read_bytes() for p in folder.iterdir()}
    done = inside("assess", "old.json", *more, cwd=folder)
    assert done.returncode == 2
    assert said in done.stderr
    assert {p.name: p.read_bytes() for p in folder.iterdir()} == before


def test_a_due_day_that_is_no_day_is_named_with_its_line(folder, inside):
    plan = "measures:\n  people:\n    owner: Data team\n    due: some day\n"
    (folder / "assessment.yaml").write_text(plan, "utf-8")
    wrong = inside("assess", "old.json", cwd=folder)
    assert wrong.returncode == 2
    assert "assessment.yaml:4" in wrong.stderr
    assert "some day" not in wrong.stderr
