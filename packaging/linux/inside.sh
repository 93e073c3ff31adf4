#!/bin/sh
# Runs inside a bare root: inside.sh COMMAND PACKAGE ENDING TYPE. Ends with the first thing that is not as it should be.
set -eu
command=$1 package=$2 ending=$3 type=$4
export DEBIAN_FRONTEND=noninteractive HOME=/root LANG=C.UTF-8 XDG_CURRENT_DESKTOP=X-Generic
fail() { echo "FAIL: $*"; exit 1; }

if command -v python3 >/dev/null; then fail "there is a Python"; fi
find / -xdev -not -path '/proc*' | sort > /tmp/before
dpkg-query -W -f '${Package}\n' | sort > /tmp/packages-before

apt-get update -qq
apt-get install -y -qq --no-install-recommends "$package" fonts-dejavu-core >/tmp/apt.log 2>&1 || { tail -20 /tmp/apt.log; fail "apt"; }
echo "installed: $(dpkg-query -W -f '${Version}, ${Installed-Size} kB' "$command")"
if command -v python3 >/dev/null; then fail "a Python came with it"; fi
"$command" --version
"$command" selftest | tail -1
desktop-file-validate "/usr/share/applications/$command.desktop"

mkdir -p "/tmp/work"
"$command" new "/tmp/work/study.$ending"
cp "/tmp/work/study.$ending" /tmp/work/nameless
for file in "study.$ending" nameless; do
    found=$(gio info -a standard::content-type "/tmp/work/$file" | sed -n 's/.*content-type: //p')
    [ "$found" = "$type" ] || fail "$file is taken for $found"
done
[ "$(xdg-mime query default "$type")" = "$command.desktop" ] || fail "another program opens $type"
echo "file type: by name and by content"

Xvfb :97 -screen 0 1280x800x24 -nolisten local >/tmp/server.log 2>&1 &
server=$!
sleep 2
DISPLAY=:97 "$command" "/tmp/work/study.$ending" >/tmp/window.log 2>&1 &
window=$!
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do
    sleep 1
    shown=$(DISPLAY=:97 xwininfo -root -tree | grep "(\"$command\"" || true)
    [ -z "$shown" ] || break
done
[ -n "$shown" ] || { cat /tmp/server.log /tmp/window.log; fail "no window came"; }
kill -0 "$window" || { cat /tmp/window.log; fail "the window went away"; }
echo "window: $(echo "$shown" | head -1 | sed 's/^ *//')"
kill "$window" "$server"
wait "$window" 2>/dev/null || true

apt-get purge -y -qq "$command" >/dev/null 2>&1
left=$(find / -xdev -not -path '/proc*' -not -path '/tmp/*' -path "*$command*" -not -path "$HOME/*" | sort || true)
[ -z "$left" ] || fail "left behind: $left"
if grep -rqs "$type" /usr/share/mime /usr/share/applications; then fail "the file type is still known"; fi
[ -f "/tmp/work/study.$ending" ] || fail "a project is gone"
echo "purged: nothing left but the user's own files"
