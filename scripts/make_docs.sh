#!/usr/bin/env bash
# Writes the manual page and the shell completions of jilaal, made by the
# program's own description of itself: docs/man and docs/completions.
#   scripts/make_docs.sh           writes them
#   scripts/make_docs.sh --check   only tells whether they are current
set -euo pipefail
cd "$(dirname "$0")/.."

swift build --product jilaal
swift build --product generate-manual
programs="$(swift build --show-bin-path)"
made="$(mktemp -d)"
trap 'rm -rf "$made"' EXIT
mkdir -p "$made/man" "$made/completions"

"$programs/generate-manual" "$programs/jilaal" --date 2026-11-21 --output-directory "$made/man"
"$programs/jilaal" --generate-completion-script bash >"$made/completions/jilaal.bash"
"$programs/jilaal" --generate-completion-script zsh >"$made/completions/_jilaal"
"$programs/jilaal" --generate-completion-script fish >"$made/completions/jilaal.fish"

if [ "${1:-}" = --check ]; then
    for part in man completions; do
        diff -r "docs/$part" "$made/$part" >/dev/null || {
            echo "docs/$part is not what the program says of itself:" \
                "run scripts/make_docs.sh and commit the result." >&2
            exit 1
        }
    done
    echo "docs/man and docs/completions are current."
    exit 0
fi
mkdir -p docs/man docs/completions
cp "$made"/man/* docs/man/
cp "$made"/completions/* docs/completions/
echo "docs/man and docs/completions are written."
