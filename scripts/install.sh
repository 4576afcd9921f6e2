#!/usr/bin/env bash
# Installs the Debian packages that are missing for the groups named: build, check, test, bench.
# Asks nothing, starts no service, and does nothing at all where everything is there.
set -euo pipefail
export LC_ALL=C.UTF-8

packages_of() {
    case "$1" in
        # SQLite keeps mail; libunbound and libpsl tell who may send it; esbuild, TypeScript, React (with its types) and Chart.js make the web pages,
        # zopfli packs them.
        build) echo pkg-config libsqlite3-dev libunbound-dev libpsl-dev esbuild node-typescript node-react node-react-dom node-chart.js zopfli ;;
        check) echo python3 ;;
        # swaks speaks TLS by Net::SSLeay. Postfix brings smtp-source and smtp-sink. Exim cannot stand beside it as a package: its test unpacks it, and needs two libraries. The fonts are for the screenshots.
        test) echo python3 python3-venv curl openssl chromium fonts-dejavu-core swaks libnet-ssleay-perl postfix dovecot-core dovecot-imapd dovecot-sieve nmap dnsmasq-base haproxy libgnutls-dane0 libidn12 ;;
        # GMime is a peer that is measured.
        bench) echo python3 python3-venv postfix nginx libnginx-mod-nchan wrk pkg-config libgmime-3.0-dev ;;
        *) echo "install.sh: “$1” is no group. Write build, check, test or bench." >&2; exit 64 ;;
    esac
}

if [ $# -eq 0 ]; then
    echo "install.sh: name the groups to install: build, check, test, bench." >&2
    exit 64
fi
wanted=()
for group in "$@"; do
    list=$(packages_of "$group")
    read -r -a names <<<"$list"
    wanted+=("${names[@]}")
done

if ! command -v swift >/dev/null; then
    echo "Swift is missing. Install Swift 6.3 from https://www.swift.org/install/linux/debian/ and put it in the PATH." >&2
    exit 1
fi

is_installed() {
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

if ! command -v apt-get >/dev/null; then
    echo "No apt-get here: this is no Debian. Going on in the hope that these are installed: ${wanted[*]}" >&2
    exit 0
fi

missing=()
for name in "${wanted[@]}"; do
    is_installed "$name" && continue
    case " ${missing[*]-} " in *" $name "*) ;; *) missing+=("$name") ;; esac
done
[ ${#missing[@]} -eq 0 ] && exit 0

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    else
        sudo "$@"
    fi
}
if [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null; then
    echo "Missing packages, and no sudo to install them. As root: apt-get install ${missing[*]}" >&2
    exit 1
fi

# Postfix, nginx and others would start on ports that this machine may need. A policy that refuses every start, for as long as the
# installation runs (Debian policy-rc.d); one that is there already is left alone.
policy=/usr/sbin/policy-rc.d
log=$(mktemp)
made_policy=no
clean_up() {
    [ "$made_policy" = no ] || as_root rm -f "$policy"
    rm -f "$log"
}
trap clean_up EXIT
if [ ! -e "$policy" ]; then
    made_policy=yes
    printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null
    as_root chmod 755 "$policy"
fi

apt() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -y -q -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 "$@" </dev/null
}

echo "Installing ${missing[*]}"
# One source of several that cannot be reached is no reason to stop: the installation tells whether it was needed.
apt update >"$log" 2>&1 || tail -n 5 "$log" >&2
case " ${missing[*]} " in
    *" postfix "*) echo "postfix postfix/main_mailer_type select No configuration" | as_root debconf-set-selections 2>/dev/null || true ;;
esac
if ! apt install --no-install-recommends "${missing[@]}" >"$log" 2>&1; then
    tail -n 30 "$log" >&2
    echo "apt-get could not install: ${missing[*]}. Its last words stand above." >&2
    exit 1
fi
