#!/usr/bin/env bash
# Installs Chromium from Debian or Ubuntu when there is none; the browser tests open pages in it.
set -euo pipefail

for name in chromium chromium-browser google-chrome; do
  if command -v "$name" >/dev/null 2>&1; then
    exit 0
  fi
done

say() { printf '%s\n' "$*" >&2; }

if ! command -v apt-get >/dev/null 2>&1; then
  say "The browser tests need Chromium: install it, so that 'chromium' is on the path."
elif [ "$(id -u)" -ne 0 ]; then
  say "The browser tests need Chromium: sudo apt-get install chromium fonts-noto-cjk"
else
  say "installing Chromium for the browser tests"
  export DEBIAN_FRONTEND=noninteractive
  if apt-get update -qq && apt-get install -qq -y --no-install-recommends chromium fonts-noto-cjk >/dev/null; then
    exit 0
  fi
  say "Chromium could not be installed."
fi

# In CI a missing browser is a failure; on a developer's machine the browser tests say that they were skipped.
[ "${CI:-}" != "true" ]
