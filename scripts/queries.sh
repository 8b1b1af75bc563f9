#!/usr/bin/env bash
# Writes .sqlx, the cache of checked queries, against a throw-away database with the present schema: DATABASE_URL.
set -euo pipefail
cd "$(dirname "$0")/.."
for migration in migrations/*.sql; do
    psql --quiet --no-psqlrc --set ON_ERROR_STOP=1 --single-transaction --file "$migration" "$DATABASE_URL"
done
touch crates/store/src/lib.rs
SQLX_OFFLINE=false SQLX_OFFLINE_DIR=$PWD/.sqlx cargo check --package store --features testing
