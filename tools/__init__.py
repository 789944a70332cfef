"""The commands behind the Makefile: each module is one step, run as `python -m tools.STEP` in the course folder."""
