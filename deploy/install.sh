#!/bin/sh
# Installs a wheel with the locked versions of what it needs: install.sh LOCK WHEEL[EXTRAS]...
# The lock names more than a server needs, so it only says which versions are taken.
set -eu
pins=$(mktemp)
trap 'rm -f "$pins"' EXIT
sed -n '/^[A-Za-z0-9]/s/ *\\$//p' "$1" > "$pins"
shift
python -m pip install --quiet --no-cache-dir --only-binary :all: --constraint "$pins" "$@"
