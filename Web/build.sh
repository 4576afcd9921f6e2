#!/bin/sh
# Builds everything under Web/ into Web/dist, which the server loads at start.
# Needs Debian's esbuild, node-typescript, node-react and node-react-dom.
# Bundles are written even where a type check fails, but then the exit status is 1.
set -eu
cd "$(dirname "$0")"

# Built beside and moved into place at the end: whoever reads dist meanwhile finds the whole old one.
out=$(mktemp -d ./dist.XXXXXX)
trap 'rm -rf "$out"' EXIT
mkdir "$out/assets"
chmod 755 "$out"
export NODE_PATH=/usr/share/nodejs

checks=
for part in widget demo dashboard; do
    if [ -f "$part/tsconfig.json" ]; then
        tsc --noEmit -p "$part/tsconfig.json" >"$out/.types-$part" 2>&1 &
        checks="$checks $part:$!"
    fi
done

bundle() { # entry, output, further options
    entry=$1 target=$2
    shift 2
    esbuild "$entry" --bundle --minify --log-level=warning --charset=utf8 --target=es2020,safari15 --outfile="$out/$target" "$@"
}

bundle widget/sdk/main.ts sdk.js --format=iife
bundle widget/frame/main.ts assets/widget.js --format=iife
bundle widget/frame/widget.css assets/widget.css
cp widget/frame/widget.html "$out/widget.html"
for words in widget/frame/words/*.json; do
    cp "$words" "$out/assets/words-$(basename "$words")"
done

bundle demo/demo.ts assets/demo.js --format=iife
bundle demo/demo.css assets/demo.css
bundle demo/mailbox.ts assets/mailbox.js --format=iife
bundle demo/mailbox.css assets/mailbox.css
cp demo/demo.html demo/mailbox.html "$out/"

if [ -f dashboard/main.tsx ]; then
    bundle dashboard/main.tsx assets/dashboard.js --format=iife --jsx=automatic '--define:process.env.NODE_ENV="production"'
    bundle dashboard/dashboard.css assets/dashboard.css
    cp dashboard/app.html "$out/app.html"
fi

mkdir "$out/mail"
cp mail/*.mustache "$out/mail/"

gzip -9 -k "$out/sdk.js" "$out"/assets/*

status=0
for check in $checks; do
    part=${check%%:*}
    if ! wait "${check##*:}"; then
        echo "Web/$part does not pass the type check:" >&2
        cat "$out/.types-$part" >&2
        status=1
    fi
    rm -f "$out/.types-$part"
done
rm -rf dist
mv "$out" dist
exit $status
