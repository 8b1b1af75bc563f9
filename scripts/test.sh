#!/usr/bin/env bash
# Every test, one after the other, also after one has failed. Ends with a table of the steps and the counts.
set -uo pipefail
cd "$(dirname "$0")/.."

# Queries are checked against .sqlx, not against the empty database of the tests.
export SQLX_OFFLINE=true
unset DATABASE_URL
# Random cases are the same each time, so that what fails is what was changed; another number looks for new ones.
export PROPTEST_RNG_SEED=${PROPTEST_RNG_SEED:-1}
# Without the browser's crate: it would switch `app` to the browser's features for all. Nor are the benchmarks built.
tests=(--workspace --exclude frontend --lib --bins --tests)
results=target/test-results
rm -rf "$results"
mkdir -p "$results"

passed=0
failed=0
table=()

# step NAME COMMAND...: runs it; a failure counts as one, unless the step counts its tests itself.
step() {
    local name=$1 started=$SECONDS outcome=ok failed_before=$failed
    shift
    printf '\n== %s\n' "$name"
    if ! "$@"; then
        outcome=FAILED
        [ "$failed" != "$failed_before" ] || failed=$((failed + 1))
    fi
    table+=("$(printf '%-28s %5d s  %s' "$name" $((SECONDS - started)) "$outcome")")
}

count() {
    passed=$((passed + $1))
    failed=$((failed + $2))
}

formatting() {
    cargo fmt --all --check && cargo fmt --manifest-path xtask/Cargo.toml --check
}

# Each test has a database of its own, which is twelve hundred files: to make and remove a thousand of those, a disk's file
# system takes most of the time. In memory they are a few hundred megabytes at a time.
has_memory() {
    local needed=$((6 * 1024 * 1024)) kilobytes
    for kilobytes in "$(df --output=avail -k /dev/shm 2>/dev/null | tail -n 1)" "$(awk '/MemAvailable/ { print $2 }' /proc/meminfo)"; do
        [ "${kilobytes:-0}" -ge "$needed" ] || return 1
    done
}

rust_tests() {
    local clusters=${TMPDIR:-/tmp}
    ! has_memory || clusters=/dev/shm
    TMPDIR=$clusters target/debug/ramal database --throw-away env TMPDIR="${TMPDIR:-/tmp}" \
        cargo nextest run "${tests[@]}" 2>&1 | tee "$results/rust.log"
    local status=${PIPESTATUS[0]} summary run ok
    # "Summary [ 14.352s] 9 tests run: 8 passed (1 slow), 1 failed, 0 skipped"
    summary=$(grep -oE '[0-9]+ tests? run: .*' "$results/rust.log" | tail -n 1)
    run=$(grep -oE '^[0-9]+' <<<"$summary")
    ok=$(grep -oE '[0-9]+ passed' <<<"$summary" | grep -oE '[0-9]+')
    [ -z "$run" ] || count "${ok:-0}" $((run - ${ok:-0}))
    return "$status"
}

browser_tests() {
    local report=$PWD/$results/browser.json status=0
    (cd end2end && PLAYWRIGHT_JSON_OUTPUT_NAME=$report npx playwright test --reporter=list,json) || status=$?
    local counts
    # A report that was not written to its end, as on a full disk, counts nothing.
    counts=$(node -p 'const { expected, flaky, unexpected } = require(process.argv[1]).stats;
        `${expected + flaky} ${unexpected}`' "$report") || return 1
    # shellcheck disable=SC2086
    count $counts
    return "$status"
}

step formatting formatting
# With the tests comes the server; by itself it would be compiled once more, for another set of its libraries' features.
step 'building server and tests' cargo nextest run "${tests[@]}" --no-run
step "building the browser's part" cargo xtask web
step 'unit, story and SQL tests' rust_tests
step 'browser tests' browser_tests

printf '\n'
printf '%s\n' "${table[@]}"
printf '%-28s %5d s\n\n' all "$SECONDS"
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
