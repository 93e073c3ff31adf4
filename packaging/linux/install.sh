#!/bin/sh
# Installs the program for whoever runs this: no root, no network. What follows the last line is the packed program.
set -eu
name=@COMMAND@
version=@VERSION@
lines=@LINES@
base="${XDG_DATA_HOME:-$HOME/.local/share}"
folder="$HOME/.local/lib/$name"
command="$HOME/.local/bin/$name"

refresh() {
    if command -v update-desktop-database >/dev/null 2>&1; then update-desktop-database -q "$base/applications" || true; fi
    if command -v update-mime-database >/dev/null 2>&1; then update-mime-database "$base/mime" >/dev/null 2>&1 || true; fi
    if command -v gtk-update-icon-cache >/dev/null 2>&1; then gtk-update-icon-cache -q -t "$base/icons/hicolor" 2>/dev/null || true; fi
}

remove() {
    if [ -f "$folder/installed" ]; then
        while IFS= read -r path; do rm -f -- "$base/$path"; done < "$folder/installed"
    fi
    rm -rf -- "$folder"
    if [ -L "$command" ]; then rm -f -- "$command"; fi
    refresh
}

if [ "${0##*/}" = uninstall ]; then set -- --uninstall; fi
case "${1:-}" in
    "") ;;
    --uninstall) remove; echo "Removed Rubricator. Your projects and settings are where they were."; exit 0 ;;
    *) echo "Run this without anything to install Rubricator $version for you, or with --uninstall to remove it."; exit 2 ;;
esac

staging="$folder.new"
rm -rf -- "$staging"
mkdir -p "$staging" "$HOME/.local/bin" "$base"
trap 'rm -rf -- "$staging"' EXIT
tail -n +"$lines" "$0" > "$staging/packed"
if [ "$(sha256sum < "$staging/packed" | cut -d' ' -f1)" != "@SHA256@" ]; then
    echo "This file is damaged. Fetch it again." >&2
    exit 1
fi
tar -xzf "$staging/packed" -C "$staging" --strip-components=1 --no-same-owner
rm -f "$staging/packed"
remove
(cd "$staging/share" && find . -type f) > "$staging/installed"
cp -R "$staging/share/." "$base/"
rm -rf -- "$staging/share"
sed -i "s|^Exec=[^ ]*|Exec=\"$command\"|" "$base/applications/$name.desktop"
mv "$staging" "$folder"
ln -sf "$folder/$name" "$command"
head -n "$((lines - 1))" "$0" > "$folder/uninstall"
chmod 755 "$folder/uninstall"
refresh
echo "Installed Rubricator $version in $folder; it is in your menu. Remove it with $folder/uninstall"
exit 0
