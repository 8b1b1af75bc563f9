# Ramal's commands. `make run` shows the product, `make test` checks it; both install what is missing.

.PHONY: help run test setup fmt clean-db clean

help:
	@echo 'make run       build Ramal and serve the demo provider on http://127.0.0.1:3000 (Ctrl-C stops it)'
	@echo 'make test      check and test everything'
	@echo 'make setup     install what both need'
	@echo 'make fmt       format the code'
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

fmt:
	cargo fmt --all
	cargo fmt --manifest-path xtask/Cargo.toml

clean-db:
	@scripts/remove-data.sh data

clean:
	rm -rf target end2end/node_modules end2end/test-results
