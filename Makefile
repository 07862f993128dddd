# From a fresh checkout to a running demo: make run. Everything that must pass: make test.
# Needs Rust, Node.js and a C compiler, the tests also Python 3 with venv; what else is missing is
# installed here.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.PHONY: run test torture bench dev build tools browser fuzzer

PORT ?= 3000
DATA ?= data/demo
SIMULATE := target/release/server simulate

# Shared by all checkouts of this project, so that the next one builds faster.
TOOLS := $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/zhitong-tools
CARGO_LEPTOS := 0.3.10
WASM_BINDGEN := $(shell awk '/^name = "wasm-bindgen"$$/ { getline; gsub(/[^0-9.]/, ""); print }' Cargo.lock)
NODE := end2end/node_modules
# Hypothesis makes up the data: a seed means the same only with the same one.
SCHEMATHESIS := 4.32.5
HYPOTHESIS := 6.170.17
FUZZER := $(TOOLS)/fuzz-$(SCHEMATHESIS)
export PATH := $(TOOLS)/bin:$(CURDIR)/$(NODE)/.bin:$(PATH):$(FUZZER)/bin
export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD := 1

run: build
	@exec target/release/server serve --data "$(DATA)" --addr 127.0.0.1:$(PORT) --demo

build: tools
	@echo "== Building (release): the program and the pages' wasm"
	cargo leptos build --release --precompress

dev: tools
	@cargo leptos watch -- serve --data data/dev --addr 127.0.0.1:$(PORT) --demo

# What is missing is built side by side, and the program along with it, so that both
# cores stay busy. Optimised, cargo-leptos alone would take ten minutes, and it only
# starts other programs.
tools: $(NODE)/.package-lock.json
	@rustup target list --installed 2>/dev/null | grep -qx wasm32-unknown-unknown \
		|| { echo "== Installing the wasm target"; rustup target add wasm32-unknown-unknown; }
	export CARGO_PROFILE_DEV_DEBUG=0
	leptos=; bindgen=
	if [ "$$(cargo-leptos --version 2>/dev/null)" != "cargo-leptos $(CARGO_LEPTOS)" ]; then
		echo "== Installing cargo-leptos $(CARGO_LEPTOS) (some five minutes, once)"
		cargo install --quiet --debug --locked --root "$(TOOLS)" cargo-leptos@$(CARGO_LEPTOS) & leptos=$$!
	fi
	if [ "$$(wasm-bindgen --version 2>/dev/null)" != "wasm-bindgen $(WASM_BINDGEN)" ]; then
		echo "== Installing wasm-bindgen $(WASM_BINDGEN) (some two minutes, once)"
		CARGO_PROFILE_DEV_OPT_LEVEL=1 cargo install --quiet --debug --root "$(TOOLS)" \
			wasm-bindgen-cli@$(WASM_BINDGEN) & bindgen=$$!
	fi
	if [ -n "$$leptos$$bindgen" ]; then
		echo "== Building the program meanwhile"
		LEPTOS_OUTPUT_NAME=zhitong cargo build --quiet --release --package=server --bin=server
	fi
	for job in $$leptos $$bindgen; do wait $$job; done

$(NODE)/.package-lock.json: end2end/package-lock.json
	@echo "== Installing the packages of end2end (wasm-opt, Playwright, axe)"
	npm --prefix end2end ci --silent
	touch $@

# A Chromium, a font with Chinese characters for its pictures, and the LibreOffice that
# reads the minutes.
browser:
	@if ! command -v chromium >/dev/null || ! command -v soffice >/dev/null \
			|| ! fc-list :lang=zh | grep -q .; then
		echo "== Installing Chromium, LibreOffice and a Chinese font"
		apt-get update -qq
		DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends \
			chromium fonts-noto-cjk fontconfig libreoffice-writer-nogui >/dev/null
	fi

# What calls the API as its description says, and as it does not.
fuzzer:
	@if ! "$(FUZZER)/bin/schemathesis" --version >/dev/null 2>&1; then
		echo "== Installing schemathesis $(SCHEMATHESIS) (half a minute, once)"
		python3 -m venv --clear "$(FUZZER)"
		"$(FUZZER)/bin/pip" install --quiet --disable-pip-version-check \
			schemathesis==$(SCHEMATHESIS) hypothesis==$(HYPOTHESIS)
	fi

# Runs everything even where something fails, and counts. Each check that is not
# a test runner counts as one.
test: tools browser fuzzer build
	@set +e; passed=0; failed=0; log=$$(mktemp -d)
	check() {
		echo "== $$1"; shift
		"$$@" 2>&1 | tee $$log/out; ok=$$((PIPESTATUS[0] == 0))
		p=$$(grep -aoE '(^|[ .])[0-9]+ passed' $$log/out | grep -oE '[0-9]+' | awk '{ n += $$1 } END { print n + 0 }')
		f=$$(grep -aoE '[0-9]+ failed' $$log/out | grep -oE '[0-9]+' | awk '{ n += $$1 } END { print n + 0 }')
		if [ $$p = 0 ] && [ $$f = 0 ]; then p=$$ok; f=$$((1 - ok)); fi
		if [ $$ok = 0 ] && [ $$f = 0 ]; then f=1; fi
		passed=$$((passed + p)); failed=$$((failed + f))
	}
	check "Format" cargo fmt --all --check
	check "Clippy, server side" cargo clippy --quiet --workspace --all-targets -- -D warnings
	check "Clippy, wasm side" cargo clippy --quiet -p app --no-default-features --features hydrate \
		--target wasm32-unknown-unknown -- -D warnings
	check "Unit and integration tests" cargo test --quiet --workspace --no-fail-fast
	for seed in 16 1601 160016; do
		check "Simulation, seed $$seed" $(SIMULATE) --seed $$seed --orders 2000 --years 2
		check "Simulation with faults, seed $$seed" $(SIMULATE) --seed $$seed --orders 2000 --years 2 --faults
	done
	check "Fuzzing the API" server/tests/fuzz.sh
	check "End to end in Chromium" npm --prefix end2end --silent test
	rm -rf $$log
	echo "$$passed passed, $$failed failed"
	[ $$failed = 0 ]

# Twenty lives of a large town, every other one with crashes and clocks that jump.
torture: build
	@for seed in $$(seq 9001 9020); do
		faults=$$([ $$((seed % 2)) = 0 ] && echo --faults || true)
		echo "== Seed $$seed $$faults"
		$(SIMULATE) --seed $$seed --orders 20000 --years 3 $$faults
	done

bench: build
	@cargo bench --quiet -p server --bench pages --bench million --bench sweep
