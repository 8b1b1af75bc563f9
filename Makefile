# Ramal's commands. `make run` shows the product, `make test` checks it; both install what is missing.

.PHONY: help run test lint setup fmt queries bench-lists bench-data bench-office bench-billing bench-preview bench-network bench-web test-browser test-crash test-webhooks fuzz clean-db clean

help:
	@echo 'make run       build Ramal and serve the demo provider on http://127.0.0.1:3000 (Ctrl-C stops it)'
	@echo 'make test      test everything'
	@echo 'make lint      let clippy look at it'
	@echo 'make setup     install what both need'
	@echo 'make fmt       format the code'
	@echo 'make queries   check the queries against the schema and write .sqlx'
	@echo 'make bench-lists  how long lists take at a hundred times the demo'
	@echo 'make bench-office how long the dashboard, lists and searches take at 100,000 contracts and 1.2 million invoices'
	@echo 'make bench-data  writes that data into a throw-away cluster, and says how much it is'
	@echo 'make bench-preview  how long the preview of the next night takes at 100,000 contracts'
	@echo 'make bench-billing  how fast the bill run is, beside a bare insert'
	@echo 'make bench-web     what the first visit transfers, and pages a second of the invoice list'
	@echo 'make test-webhooks ten thousand events of the card gateway, repeated, shuffled, late and forged'
	@echo 'make bench-network  how fast routers obey and are read'
	@echo 'make test-browser  every journey in the browser, each in every way'
	@echo 'make test-crash    the bill run, killed 200 times and run twice at once 50 times'
	@echo 'make fuzz          ten million damaged streams for the RouterOS API, and a link that breaks at every byte'
	@echo 'make clean-db  throw the demo data away'
	@echo 'make clean     throw away everything that was built'

# A debug build: it is there in half the time of a release, which matters most the first time.
run:
	@scripts/setup.sh run
	@cargo xtask build
	@exec target/debug/ramal serve --demo

test:
	@scripts/setup.sh test
	@scripts/test.sh

setup:
	@scripts/setup.sh run
	@scripts/setup.sh test

# Beside `make test`, which would take a quarter of an hour longer: clippy compiles everything once more.
lint: export SQLX_OFFLINE = true
lint:
	@scripts/setup.sh test
	cargo clippy --workspace --exclude frontend --all-targets -- -D warnings
	cargo clippy --package app --package frontend --target wasm32-unknown-unknown --target-dir target/front -- -D warnings
	cargo clippy --manifest-path xtask/Cargo.toml --target-dir target/xtask -- -D warnings

fmt:
	cargo fmt --all
	cargo fmt --manifest-path xtask/Cargo.toml

# Needs a built ramal; the cache holds what the compiled queries look like, so that building needs no database.
queries:
	@rm -rf .sqlx && mkdir .sqlx
	@target/debug/ramal database --throw-away scripts/queries.sh

# Of the same crates as `make test`, so that nothing is compiled a second time for another set of its libraries' features.
BUILD_WITH_TESTS = SQLX_OFFLINE=true cargo build --quiet --workspace --exclude frontend --bin ramal

bench-lists:
	@$(BUILD_WITH_TESTS) --example lists
	@target/debug/ramal database --throw-away target/debug/examples/lists

# Some minutes, most of them for the data.
bench-office:
	@$(BUILD_WITH_TESTS) --example office
	@target/debug/ramal database --throw-away target/debug/examples/office

bench-data:
	@$(BUILD_WITH_TESTS) --example office
	@target/debug/ramal database --throw-away target/debug/examples/office data

bench-preview:
	@$(BUILD_WITH_TESTS) --example preview
	@target/debug/ramal database --throw-away target/debug/examples/preview

bench-billing:
	@cargo build --release --quiet --package workflows --features testing --example billing
	@target/debug/ramal database --throw-away --durable target/release/examples/billing

# wrk is Debian's.
bench-web:
	@scripts/setup.sh test
	@command -v wrk >/dev/null || { echo 'please install wrk: apt-get install wrk' >&2; exit 1; }
	@cargo xtask build --release
	@cd end2end && node bench-web.mjs

# Some minutes; `make test` sends five hundred.
test-webhooks:
	@scripts/setup.sh test
	@WEBHOOK_EVENTS=10000 target/debug/ramal database --throw-away \
		cargo nextest run --profile crash --package server --test webhooks --no-capture

# Some three minutes, on the loopback alone.
bench-network:
	@crates/lab/tests/python/setup.sh
	@cargo build --release --quiet --package server --example network
	@target/debug/ramal database --throw-away target/release/examples/network

# `make test` leaves out some of what works on a phone and without scripting.
test-browser:
	@scripts/setup.sh test
	@cargo xtask build
	@cd end2end && EVERY_JOURNEY=1 npx playwright test

# Some twenty minutes; `make test` has a short form.
test-crash:
	@cargo nextest run --quiet --package server --test crash --no-run
	@CRASH_CONTRACTS=10000 CRASH_KILLS=200 CRASH_PAIRS=50 \
		target/debug/ramal database --throw-away cargo nextest run --profile crash --package server --test crash --no-capture

fuzz:
	@FUZZ_INPUTS=10000000 cargo test --release --quiet --package routeros --test fuzz -- --nocapture
	@BOUNDARY_STEP=1 cargo nextest run --profile crash --package server --test network boundaries

clean-db:
	@scripts/remove-data.sh data

clean:
	rm -rf target end2end/node_modules end2end/test-results
