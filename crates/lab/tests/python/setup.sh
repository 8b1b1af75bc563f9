#!/bin/sh
# Makes target/python, the virtual environment with the clients that independent_clients.rs runs. Does nothing when it
# is up to date.
set -eu
cd "$(dirname "$0")/../../../.."
wanted=crates/lab/tests/python/requirements.txt
installed=target/python/requirements.txt
if cmp -s "$wanted" "$installed"; then
  exit 0
fi
python3 -m venv target/python
target/python/bin/pip install --quiet --disable-pip-version-check -r "$wanted"
cp "$wanted" "$installed"
