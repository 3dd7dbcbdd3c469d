# 烽火 Fenghuo. `make demo` and `make test` need Python 3.11+, make and a package index; nothing else.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

# Tests start hundreds of processes: each would compile the house anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test coverage lint types messages bench lock clean setup

setup: $(READY)

$(READY): requirements/dev.txt pyproject.toml $(wildcard */locale/*/LC_MESSAGES/django.po */*/locale/*/LC_MESSAGES/django.po)
	test -d $(VENV) || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements/dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	$(MAKE) --no-print-directory messages
	touch $@

CATALOGS = $(wildcard */locale/*/LC_MESSAGES/django.po */*/locale/*/LC_MESSAGES/django.po)

messages: $(CATALOGS:.po=.mo)

%.mo: %.po
	$(BIN)/pybabel --quiet compile --locale zh_Hans --input-file $< --output-file $@

demo: setup
	$(BIN)/fenghuo demo

test: setup
	FENGHUO_VAR=var/test $(BIN)/python -m pytest -n 2 -m "not (slow or real or browser or postgres or elasticsearch)" $(PYTEST_FLAGS)

coverage: setup
	$(MAKE) --no-print-directory test PYTEST_FLAGS="--cov --cov-report=term"

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/python manage.py makemigrations --check --dry-run

types: setup
	$(BIN)/mypy

bench: setup
	$(BIN)/fenghuo bench

lock: setup
	$(BIN)/uv pip compile --quiet pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-strip-extras --no-header --allow-unsafe -o requirements/dev.txt
	$(BIN)/uv pip compile --quiet pyproject.toml --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-strip-extras --no-header --allow-unsafe -c requirements/dev.txt -o requirements/run.txt

clean:
	rm -rf $(VENV) var build *.egg-info
