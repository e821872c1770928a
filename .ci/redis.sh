#!/usr/bin/env bash
# Finds redis-server, or installs it where this user may: the tests over a queue start servers of their own.
if ! command -v redis-server >/dev/null && command -v apt-get >/dev/null; then
  as_root=$([ "$(id -u)" -eq 0 ] || echo sudo -n)
  $as_root apt-get update -qq
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends redis-server >/dev/null
fi
if ! redis-server --version; then
  echo 'redis-server is not there and could not be installed: the tests over a queue cannot run.' >&2
  echo 'what to do: install it (Debian, Ubuntu: apt-get install redis-server; macOS: brew install redis).' >&2
  exit 1
fi
