#!/usr/bin/env bash
# Tries sayso over a real ssh connection: a server of its own on the loopback, with keys made for this run and thrown away.
# usage: sshd.sh SAYSO.  Installs openssh-server when it is missing and may be installed; says so and ends well when it may not.
set -euo pipefail
cd "$(dirname "$0")/.."
binary=$(realpath "$1")

skip() { printf 'ssh: left out, %s\n' "$1"; exit 0; }

if ! [ -x /usr/sbin/sshd ]; then
  command -v apt-get >/dev/null || skip "there is no sshd and no apt-get to install it with"
  [ "$(id -u)" = 0 ] || skip "there is no sshd and only root may install it"
  { apt-get update && apt-get install -y --no-install-recommends openssh-server openssh-client; } >/dev/null 2>&1 ||
    skip "openssh-server could not be installed"
fi
command -v ssh >/dev/null || skip "there is no ssh client"
command -v python3 >/dev/null || skip "there is no python3"

work=$(mktemp -d)
server=
cleanup() { [ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$work"; }
trap cleanup EXIT

ssh-keygen -q -t ed25519 -N '' -f "$work/host"
ssh-keygen -q -t ed25519 -N '' -f "$work/user"
cp "$work/user.pub" "$work/allowed"
[ "$(id -u)" != 0 ] || mkdir -p /run/sshd
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
cat > "$work/config" <<CONFIG
ListenAddress 127.0.0.1
Port $port
HostKey $work/host
PidFile none
AuthorizedKeysFile $work/allowed
StrictModes no
PasswordAuthentication no
PermitRootLogin prohibit-password
UsePAM no
CONFIG
/usr/sbin/sshd -D -e -f "$work/config" 2>"$work/log" &
server=$!

# Where a server cannot run, or not let anybody in, that is the machine's doing and not sayso's.
reached=
for _ in 1 2 3 4 5 6 7 8; do
  kill -0 "$server" 2>/dev/null || break
  if ssh -q -F none -i "$work/user" -p "$port" -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null \
    -o IdentitiesOnly=yes -o BatchMode=yes -o ConnectTimeout=5 "$(id -un)@127.0.0.1" true </dev/null; then
    reached=yes
    break
  fi
  sleep 1
done
[ -n "$reached" ] || skip "a server of our own cannot be reached on this machine"

if ! python3 .ci/ssh_session.py "$binary" "$work" "$port"; then
  tail -5 "$work/log" >&2
  exit 1
fi
