#!/bin/sh
# Lets every operation of a run and of the climatology fail, one after the
# other and in every way, and looks at what is left. Takes about an hour; a
# debug build is needed, since only that has the points.
#
#   scripts/fault_loop.sh                     everything
#   scripts/fault_loop.sh next-run            one of first-run, next-run,
#                                             baseline-build, baseline-update
#   JILAAL_FAULT_MINUTES=10 scripts/fault_loop.sh    ten minutes of each
#   JILAAL_FAULT_ONLY="kill@217 " scripts/fault_loop.sh next-run
#                                             rounds that contain this text,
#                                             as violations are printed
#
# Prints the number of operations, rounds and violations of each scenario and
# ends with another code than 0 when there is a violation.
set -eu
cd "$(dirname "$0")/.."
swift build --build-tests
JILAAL_FAULT_LOOP="${1:-all}" swift test --skip-build --filter FaultLoopTests/everyFailure
# Every size of file that a run may stop at, on a disk that is full then.
JILAAL_FAULT_LOOP="${1:-all}" swift test --skip-build --filter FaultSurroundingsTests
