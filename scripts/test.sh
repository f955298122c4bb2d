#!/usr/bin/env bash
# Sets up, builds everything and runs the tests.
#   scripts/test.sh [further options of 'swift test', such as --filter DroughtTests]
# Tests on real data run when JILAAL_DATA names the folder of docs/data.md.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/setup.sh
if [ -z "${JILAAL_DATA:-}" ] && [ -d ../shared/data ]; then
    JILAAL_DATA="$(cd ../shared/data && pwd)"
    export JILAAL_DATA
fi
if [ -n "${JILAAL_DATA:-}" ] && [ ! -d "$JILAAL_DATA" ]; then
    echo "test: JILAAL_DATA names $JILAAL_DATA, which is not a folder" >&2
    exit 1
fi

swift build --build-tests
if [ -n "${JILAAL_DATA:-}" ]; then
    echo "test: real data from $JILAAL_DATA"
else
    echo "test: JILAAL_DATA is not set: the tests on real data are SKIPPED, all others run"
fi
swift test --skip-build "$@"
