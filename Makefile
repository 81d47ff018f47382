# Everything here sets itself up in .venv; a second run starts at once.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
JOBS ?= 2
MINUTES ?= 10
SEED ?=
TABLES ?= 250
TOOLS ?= airflow dbt great_expectations prefect soda

.DEFAULT_GOAL := help
.PHONY: help setup demo test test-real test-tools check format docs table bench bench-images bench-accuracy fuzz samples screenshot clean distclean

help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 16

setup: $(READY) ## Make .venv with everything the other targets need

# Keyed on pyproject.toml: pip runs again only when the dependencies may have changed. The
# stamp is written last, so a set-up that broke off starts over.
$(READY): pyproject.toml
	@test -n "$(PYTHON)" || { echo "python 3.11 is needed: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)"; exit 2; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "$(PYTHON) is older than 3.11: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)"; exit 2; }
	@echo "setting up $(VENV) (once, some minutes)"
	@test -x $(BIN)/python || "$(PYTHON)" -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

demo: $(READY) ## Scan samples/ and write report.html, report.json and report.sarif
	@$(BIN)/privscan scan samples -o report.html -o report.json -o report.sarif
	@echo "open $(CURDIR)/report.html in a browser; report.json and report.sarif are beside it"

test: $(READY) ## Run the tests
	@$(BIN)/pytest -n $(JOBS)

test-real: $(READY) ## Run the tests against real tools and servers (installs them first)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev,real]'
	@$(BIN)/pytest -m real tests

test-tools: $(READY) ## Run the tests against tools that do not go together, each in its own venv
	@for tool in $(TOOLS); do \
		own=$(VENV)/tools/$$tool; \
		test -x $$own/bin/python || $(BIN)/python -m venv $$own || exit; \
		$$own/bin/python -m pip install --quiet --disable-pip-version-check --editable . hypothesis pytest \
			--requirement tests/real/tools/$$tool.txt || exit; \
		$$own/bin/python -m pytest -m real tests/real/test_airflow.py tests/real/test_five_lines.py -k $$tool || exit; \
	done

check: $(READY) ## Format, lint, types, import contracts, rule files, docs freshness
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/privscan rules check
	$(BIN)/pytest -q tests/project/test_docs.py

format: $(READY) ## Format the code and apply the safe fixes of the linter
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: $(READY) ## Bring the option tables, the schema of assessments and the hook up to date
	@$(BIN)/python docs/make_verb_tables.py
	@$(BIN)/python docs/make_hook.py
	@$(BIN)/python docs/make_assessment_schema.py

bench: $(READY) ## Measure speed and memory; prints a table
	@for script in $(filter-out bench/accuracy.py,$(wildcard bench/[!_]*.py)); do $(BIN)/python "$$script" || exit; done

bench-images: $(READY) ## Pictures a second and core of each stage, against OpenCV decoding alone
	@$(BIN)/python bench/images.py

bench-accuracy: $(READY) ## Measure how well columns are classified; TABLES=, SEED= any
	@$(BIN)/python bench/accuracy.py --tables $(TABLES) --seed $(or $(SEED),4) --page docs/accuracy.md

fuzz: $(READY) ## Look for texts on which we differ from Presidio; MINUTES=10, SEED= any
	@$(BIN)/python tests/recognition/fuzz.py --minutes $(MINUTES) $(if $(SEED),--seed $(SEED))

table: $(READY) ## Work out the table of Presidio's recognizers from the installed Presidio
	@$(BIN)/python -m privscan.recognition._derive

samples: $(READY) ## Make samples/ again from its script
	@$(BIN)/python samples/make_samples.py

screenshot: demo ## Take docs/screenshot.png of report.html (needs Chromium)
	@$(BIN)/python docs/make_screenshot.py report.html docs/screenshot.png

clean: ## Remove reports and caches
	@rm -rf report.html report.json report.sarif fuzz-failures.jsonl .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis dist
	@find src tests samples docs -name __pycache__ -prune -exec rm -rf {} + 2>/dev/null || true

distclean: clean ## Remove .venv too
	@rm -rf $(VENV)
