# The commands of this project. A newcomer needs two of them: `make run` and `make test`.
PYTHON ?= python3
PORT ?= 8000
# KB_APT=0: never install system packages, also not as root.
KB_APT ?= 1
BIN := .venv/bin
PROBE_PACKAGES := qemu-system-x86 busybox-static bubblewrap zstd
TEST_PACKAGES := crun chromium fonts-noto-cjk
KERNEL := .kb/guest

.PHONY: run test install install-test system-probe system-test lint bench eval clean

run: install system-probe
	@$(BIN)/kb init
	@$(BIN)/kb serve --port $(PORT)

test: install-test system-probe system-test lint
	$(BIN)/python -m pytest

install: .venv/.installed

install-test: .venv/.installed-test

# torch first and by this version: plain `torch` as another package's dependency would be the CUDA build of several GB.
.venv/.installed: pyproject.toml web/package-lock.json
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "需要 Python 3.11 或更新版本;可用 make run PYTHON=python3.12 指定。 / Python 3.11 or newer is needed; name one with PYTHON=."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv || { rm -rf .venv; echo "无法建立虚拟环境;Debian/Ubuntu 上先运行:sudo apt-get install python3-venv / Install python3-venv first."; exit 1; }
	$(BIN)/pip install --quiet --disable-pip-version-check torch==2.13.0
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[models,frontend]'
	$(BIN)/python -m web.build_frontend
	@$(BIN)/python -m compileall -q kb ingest web
	@touch $@

.venv/.installed-test: .venv/.installed
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[models,frontend,dev]'
	@touch $@

# What measurements of virtual machines and containers need; everything else works without.
system-probe:
	$(call system-packages,$(PROBE_PACKAGES),the container and virtual machine probes (about 60 MB))
	@if [ "$(KB_APT)" != 0 ] && [ $$(id -u) -eq 0 ] && command -v apt-get >/dev/null && [ -x $(BIN)/python ]; then $(BIN)/python -m kb.probe.guest_kernel $(KERNEL) || true; fi

system-test:
	$(call system-packages,$(TEST_PACKAGES),the browser and container tests)

lint: install-test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

bench: install-test
	$(BIN)/python -m tests.benchmarks

eval: install-test
	$(BIN)/python -m tests.gold

clean:
	rm -rf .venv .kb build dist web/node_modules web/static/lib *.egg-info .pytest_cache .mypy_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

define system-packages
	@missing=; for package in $(1); do dpkg -s $$package >/dev/null 2>&1 || missing="$$missing $$package"; done; \
	if [ -z "$$missing" ]; then exit 0; fi; \
	if [ "$(KB_APT)" = 0 ] || [ $$(id -u) -ne 0 ] || ! command -v apt-get >/dev/null; then \
		echo "可选 / optional, for $(2): sudo apt-get install --no-install-recommends$$missing"; exit 0; fi; \
	echo "正在安装系统软件包 / installing system packages for $(2):$$missing (KB_APT=0 refuses this)"; \
	apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null \
		|| echo "没有装上 / could not be installed:$$missing"
endef
