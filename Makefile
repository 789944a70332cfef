# Every step of running and keeping the course. `make` alone lists them.
PYTHON ?= python3.11
BIN := .venv/bin
export PATH := $(CURDIR)/$(BIN):$(PATH)

.DEFAULT_GOAL := help
.PHONY: help env lab demo test lint sync release student data bench proof screenshots clean

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-12s %s\n", $$1, $$2}' Makefile

env: .venv/installed  ## set up the virtual environment in .venv

.venv/installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	pip install --quiet --constraint constraints.txt --editable '.[dev]' && touch $@

lab: env  ## open JupyterLab on the course, nbgrader's extensions on
	jupyter lab

demo: env  ## generate the lessons, grade a small sample class, print its grades
	python -m tools.demo

test: env lint  ## check the code, then run all tests
	python -m pytest

lint: env  ## check style and types
	ruff check . && ruff format --check . && mypy

sync: env  ## bring each lesson's text and notebook into step; the newer file wins
	python -m tools.sync $(LESSON)

release: env  ## generate the student versions (of one: make release LESSON=bandits)
	python -m tools.release $(LESSON)

student: env  ## build the bundle that students get, in dist/
	python -m tools.student_bundle

data: env  ## make the data sets in course_data again
	python course_data/make_data.py

bench: env  ## measure the lessons and their grading, print the table
	python -m tools.bench

proof: env  ## prove the grading with the answer bank (long); of one exercise: make proof OF="bandits random_argmax"
	python -m tools.proof $(OF)

screenshots: env  ## take the README's pictures from the running course
	python -m pytest tests/browser --screenshots docs/screenshots

clean:  ## take away what demo made, the environment included
	$(PYTHON) -m tools.clean && rm -rf .venv dist *.egg-info
