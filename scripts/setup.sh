#!/usr/bin/env bash
# Installs what Jilaal needs on Debian, and checks the Swift toolchain.
# Does nothing when everything is there. Safe to run again.
set -euo pipefail

# strace shows the tests that no connection is opened; they are skipped without it.
packages=(libgdal-dev libproj-dev libcairo2-dev libsqlite3-dev coinor-libcbc-dev pkg-config
    fontconfig fonts-dejavu-core gdal-bin strace)
needed_swift="6.1"

fail() {
    echo "setup: $*" >&2
    exit 1
}

libraries_found() {
    command -v pkg-config >/dev/null && pkg-config --exists gdal proj cairo sqlite3 cbc
}

missing=()
if command -v dpkg-query >/dev/null; then
    for package in "${packages[@]}"; do
        state="$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null || true)"
        [ "$state" = "installed" ] || missing+=("$package")
    done
elif ! libraries_found; then
    missing=("${packages[@]}")
fi

if [ "${#missing[@]}" -gt 0 ]; then
    command -v apt-get >/dev/null || fail "apt-get is not here, so these Debian packages" \
        "cannot be installed: ${missing[*]}. Install their equivalents by hand" \
        "(GDAL 3.6 or later, PROJ 9.1 or later, cairo, SQLite, CBC, pkg-config, the DejaVu fonts)" \
        "and put their .pc files on PKG_CONFIG_PATH."
    as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || fail "not root and no sudo. Ask an administrator to run:" \
            "apt-get install ${missing[*]}"
        as_root=(sudo)
    fi
    echo "setup: installing ${missing[*]}"
    "${as_root[@]}" apt-get update -qq
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi

command -v swift >/dev/null || fail "the swift command is not here. Install Swift $needed_swift" \
    "or later from https://www.swift.org/install/linux/ and put it on PATH."
found="$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9][0-9.]*\).*/\1/p' | head -n 1)"
[ -n "$found" ] || fail "cannot read the version from 'swift --version'."
lowest="$(printf '%s\n%s\n' "$needed_swift" "$found" | sort -V | head -n 1)"
[ "$lowest" = "$needed_swift" ] || fail "found Swift $found, needs $needed_swift or later."

libraries_found || fail "pkg-config does not find gdal, proj, cairo, sqlite3 and cbc."
echo "setup: Swift $found, GDAL $(pkg-config --modversion gdal)," \
    "PROJ $(pkg-config --modversion proj): ready"
