#!/usr/bin/env bash
# Installs what is missing to run Ramal or to test it: setup.sh run|test
# Knows Debian (12 or newer); elsewhere it says what to install. Nothing missing: it says nothing and is quick.
set -euo pipefail
cd "$(dirname "$0")/.."
purpose=${1:?run or test?}

nextest_version=0.9.143

say() { echo "setup: $*" >&2; }
stop() { say "$*"; exit 1; }
has() { command -v "$1" >/dev/null; }

debian_packages() {
    has cc || echo build-essential
    ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || has initdb || echo postgresql
    [ "$purpose" = test ] || return 0
    # Without windows: the whole one takes a third longer, and will do where there is no apt-get.
    has chromium-headless-shell || { has chromium && ! has apt-get; } || echo chromium-headless-shell fonts-dejavu-core
    # They have the last word on the books in plain text.
    has hledger || echo hledger
    has ledger || echo ledger
    python3 -c 'import ensurepip' 2>/dev/null || echo python3-venv
}

install_debian_packages() {
    local packages=$*
    has apt-get || stop "please install: $packages (named as on Debian)"
    local root=
    if [ "$(id -u)" != 0 ]; then
        has sudo || stop "please install as root: apt-get install $packages"
        root=sudo
    fi
    say "installing $packages"
    if [[ $packages == *postgresql* ]] && [ ! -e /etc/postgresql ]; then
        # Ramal starts a cluster of its own: the package should not start another beside it.
        $root mkdir -p /etc/postgresql-common/createcluster.d
        echo 'create_main_cluster = false' | $root tee /etc/postgresql-common/createcluster.d/ramal.conf >/dev/null
    fi
    $root apt-get update -qq
    # shellcheck disable=SC2086
    $root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages </dev/null ||
        stop "apt-get could not install $packages: see above"
}

setup_rust() {
    has cargo || stop "Rust is missing: install it with rustup"
    if [ ! -d "$(rustc --print target-libdir --target wasm32-unknown-unknown)" ]; then
        has rustup || stop "please install the Rust target wasm32-unknown-unknown"
        say "adding the Rust target for browsers"
        rustup target add wasm32-unknown-unknown
    fi
}

setup_test_tools() {
    for component in clippy fmt; do
        has "cargo-$component" && cargo "$component" --version >/dev/null 2>&1 && continue
        say "adding cargo $component"
        rustup component add "${component/#fmt/rustfmt}"
    done
    if ! has cargo-nextest; then
        say "building cargo-nextest $nextest_version (some minutes, once)"
        CARGO_TARGET_DIR=target/tools cargo install cargo-nextest --version "$nextest_version" --locked
    fi
    has npm || stop "Node 20 or newer is missing: on Debian, apt-get install nodejs npm"
    if [ ! end2end/node_modules/.package-lock.json -nt end2end/package-lock.json ]; then
        say "installing the browser tests' packages"
        npm ci --prefix end2end --no-audit --no-fund --loglevel=error
    fi
    if [ -x crates/lab/tests/python/setup.sh ]; then
        crates/lab/tests/python/setup.sh
    fi
}

# Nothing built yet: what a full disk does to a build is told by nobody afterwards.
look_at_disk() {
    local needed=20 free
    [ ! -d target/debug ] || return 0
    free=$(df --output=avail -BG . | tail -n 1 | tr -dc 0-9)
    [ "$free" -ge "$needed" ] || say "only $free GB of disk are free; building and testing takes up to $needed"
}

look_at_disk
setup_rust
packages=$(debian_packages | xargs)
[ -z "$packages" ] || install_debian_packages "$packages"
[ "$purpose" = run ] || setup_test_tools
