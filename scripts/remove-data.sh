#!/usr/bin/env bash
# Removes a data folder of ramal: remove-data.sh DIR
set -euo pipefail
folder=${1:?which data folder?}

if [ -f "$folder/postgres/postmaster.pid" ]; then
    echo "$folder is in use: stop ramal first." >&2
    exit 1
fi
# Started as root below a folder that PostgreSQL's user cannot enter, ramal keeps the cluster elsewhere and links to it.
if [ -L "$folder/postgres" ]; then
    rm -rf "$(dirname "$(readlink "$folder/postgres")")"
fi
rm -rf "$folder"
