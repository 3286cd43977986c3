# Linli 邻里. `make demo` runs the site, `make check` and `make test` prove it; the work is in tools/setup.py.

PYTHON ?= python3
SETUP = @command -v $(PYTHON) >/dev/null || { echo "$(PYTHON) was not found: install Python 3.11 or newer. 未找到 $(PYTHON)，请安装 Python 3.11 或更新的版本。" >&2; exit 1; }; exec $(PYTHON) tools/setup.py

TARGETS = demo check test look peers bench load vendor messages wheel bundle lock

.PHONY: help $(TARGETS)

help:
	@echo "make demo      run the site with a demo street (PORT=8000, LAN=1, TLS=1)"
	@echo "make check     lint, format, types, contracts, unit tests on SQLite (2 minutes)"
	@echo "make test      everything, on SQLite and PostgreSQL, with a browser"
	@echo "make look      screenshots of every page as every role (ARGS=\"folder --dark --elder --print\")"
	@echo "make peers     comparisons with large outside oracles"
	@echo "make bench     measurements (ARGS=kernel)"
	@echo "make load      many people at once, on this machine"
	@echo "make messages  bring the translations up to date"
	@echo "make vendor    fetch the front-end assets named in vendor.toml"
	@echo "make wheel     build the package into dist/"
	@echo "make bundle    one tar for a server without internet (PLATFORM=linux-x86_64 or linux-aarch64)"
	@echo "make lock      pin the dependencies again"

$(TARGETS):
	$(SETUP) $@
