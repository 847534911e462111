#!/usr/bin/env bash
# Makes sure that there is Node.js of version 20 or later: installs Debian's package where that can be done unasked.
set -euo pipefail

if ! command -v node >/dev/null && ((EUID == 0)) && command -v apt-get >/dev/null; then
  echo "no node found, installing Debian's package" >&2
  apt-get update -qq >&2
  DEBIAN_FRONTEND=noninteractive apt-get install --yes -qq --no-install-recommends nodejs >&2 </dev/null
fi
if ! command -v node >/dev/null; then
  echo "node is missing; Debian, Ubuntu: sudo apt-get install nodejs" >&2
  exit 1
fi
if (($(node --print 'process.versions.node.split(".")[0]') < 20)); then
  echo "node $(node --version) is too old: 20 or later is needed" >&2
  exit 1
fi
