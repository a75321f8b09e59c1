# What ops/run and ops/test have in common: say where we are, install what is missing, configure and build. Sourced, not
# run.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
VERANDA_CACHE="${VERANDA_CACHE:-$PWD/.cache}"
export VERANDA_CACHE

step_number=0
say() { step_number=$((step_number + 1)); printf '\n== %d. %s\n' "$step_number" "$*"; }
stop() { printf 'veranda: %s\n' "$*" >&2; exit 2; }

# Debian 12 packages, by what needs them.
build_packages=(g++ cmake ninja-build ccache pkg-config git ca-certificates libboost1.81-dev libboost-json1.81-dev
  libsodium-dev
  libhiredis-dev libexpected-dev libcli11-dev libtomlplusplus-dev libspdlog-dev libfmt-dev libjemalloc-dev libssl-dev
  libqrencode-dev)
page_packages=(clang-14 lld-14 llvm-14 wasi-libc libclang-rt-14-dev-wasm32 libc++-14-dev-wasm32 libc++abi-14-dev-wasm32
  binaryen autoconf automake libtool make dpkg-dev)
test_packages=(libgtest-dev libgmock-dev nlohmann-json3-dev redis-server chromium firefox-esr xvfb xdotool minisign
  python3 openssl clang-format-14 clang-tidy-14 libclang-rt-14-dev)

missing_packages() {
  local package
  for package in "$@"; do
    dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -q '^installed$' || printf '%s\n' "$package"
  done
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"
  elif command -v sudo >/dev/null; then sudo "$@"
  else stop "some packages are missing, and only root can install them: run this as root, or through sudo"
  fi
}

install_packages() {
  local missing
  mapfile -t missing < <(missing_packages "$@")
  if [ "${#missing[@]}" -eq 0 ]; then echo "nothing is missing"; return; fi
  echo "installing ${#missing[@]} packages: ${missing[*]}"
  as_root apt-get update -qq
  # Redis must not start as a system service: tests start their own.
  local policy=/usr/sbin/policy-rc.d made_policy=no
  if [ ! -e "$policy" ]; then
    printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null
    as_root chmod +x "$policy"
    made_policy=yes
  fi
  local status=0
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    "${missing[@]}" >/dev/null || status=$?
  [ "$made_policy" = no ] || as_root rm -f "$policy"
  [ "$status" -eq 0 ] || stop "the packages could not be installed (apt-get ended with $status)"
}

# Node 20.19 or newer: the system's, or else Node 22 from npm's own `node` package.
bring_node() {
  local brought="$VERANDA_CACHE/node/node_modules/node/bin"
  [ -x "$brought/node" ] && export PATH="$brought:$PATH"
  if command -v node >/dev/null && command -v npm >/dev/null &&
    node -e 'const [a,b]=process.versions.node.split(".").map(Number);process.exit(a>20||(a===20&&b>=19)?0:1)'; then
    echo "node $(node --version)"
    return
  fi
  command -v npm >/dev/null || install_packages nodejs npm
  echo "the system's node is too old for the page's tools; fetching node 22"
  mkdir -p "$VERANDA_CACHE/node"
  npm install --silent --no-audit --no-fund --prefix "$VERANDA_CACHE/node" node@22 >/dev/null
  export PATH="$brought:$PATH"
  echo "node $(node --version)"
}

# The MLS working group's vectors, where such a folder lies beside the checkout.
find_vectors() {
  local folder
  for folder in ../mls-vectors ../shared/mls-vectors; do
    [ -z "${VERANDA_MLS_VECTORS:-}" ] && [ -d "$folder" ] || continue
    VERANDA_MLS_VECTORS="$(cd "$folder" && pwd)"
    export VERANDA_MLS_VECTORS
  done
  echo "MLS vectors: ${VERANDA_MLS_VECTORS:-none found; their tests will say that they were skipped}"
}

# ts-mls, which tests/interop talks with: from npm, when the lockfile is another than last time.
bring_ts_mls() (
  cd tests/interop
  local lock
  lock=$(cat package-lock.json package.json .npmrc | sha256sum | cut -d ' ' -f 1)
  if [ "$(cat node_modules/.lock-hash 2>/dev/null || true)" != "$lock" ]; then
    npm ci --no-audit --no-fund --loglevel=error
    echo "$lock" >node_modules/.lock-hash
  fi
  echo "ts-mls $(node -p 'require("./node_modules/ts-mls/package.json").version')"
)

# Everything but the installing is done as the person who called sudo, so that what is made here is hers.
leave_root_behind() {
  [ "$(id -u)" -eq 0 ] && [ -n "${SUDO_USER:-}" ] && [ "$SUDO_USER" != root ] || return 0
  exec runuser -u "$SUDO_USER" -- env PATH="$PATH" VERANDA_INSTALLED=yes "$@"
}

build() {
  local preset=$1 told
  shift
  told=$(cmake --preset "$preset" 2>&1) || { printf '%s\n' "$told"; return 1; }
  cmake --build --preset "$preset" -j "$(nproc)" ${1:+--target "$@"}
}
