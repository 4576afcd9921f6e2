#!/usr/bin/env bash
# Puts what `make build` built where Debian keeps such things. Run it as root, again for each new version; settings and data are left alone.
# With DESTDIR it fills that folder instead and touches nothing else (for a package or an image).
#
#   /usr/bin/throughline                      a link to
#   /usr/lib/throughline/                     the program, its web pages, the libraries of Swift that it needs
#   /etc/throughline/throughline.yaml         settings, readable by root and the service
#   /lib/systemd/system/throughline.service
#   /var/lib/throughline                      data, made by systemd
set -euo pipefail
cd "$(dirname "$0")/.."
root=${DESTDIR:-}
program=${PROGRAM:-.build/release/throughline}

[ -x "$program" ] || { echo "There is no $program. Run make build first." >&2; exit 1; }
[ -d Web/dist/mail ] || { echo "The web pages are not built. Run Web/build.sh first." >&2; exit 1; }

library=$root/usr/lib/throughline
install -d "$library" "$root/usr/bin" "$root/etc/throughline" "$root/lib/systemd/system" "$root/usr/share/doc/throughline"
# Beside the old one and then in its place: a running program keeps the file that it has.
install -m 755 "$program" "$library/throughline.new"
mv "$library/throughline.new" "$library/throughline"
rm -rf "$library/web.new"
cp -r Web/dist "$library/web.new"
rm -rf "$library/web"
mv "$library/web.new" "$library/web"
# The program looks for libraries in its own folder, too.
ldd "$program" | awk '$3 ~ /\/swift\// { print $3 }' | while read -r each; do
    install -m 644 "$each" "$library/$(basename "$each").new"
    mv "$library/$(basename "$each").new" "$library/$(basename "$each")"
done
ln -sfn ../lib/throughline/throughline "$root/usr/bin/throughline"
install -m 644 packaging/throughline.service "$root/lib/systemd/system/throughline.service"
install -m 644 docs/*.md "$root/usr/share/doc/throughline/"

if [ -z "$root" ] && ! getent passwd throughline >/dev/null; then
    useradd --system --user-group --home-dir /var/lib/throughline --shell /usr/sbin/nologin throughline
fi
if [ ! -e "$root/etc/throughline/throughline.yaml" ]; then
    install -m 640 packaging/throughline.yaml "$root/etc/throughline/throughline.yaml"
    [ -n "$root" ] || chown root:throughline /etc/throughline/throughline.yaml
fi
[ -n "$root" ] || systemctl daemon-reload 2>/dev/null || true
echo "Installed. Settings: /etc/throughline/throughline.yaml. Start it with: systemctl enable --now throughline"
