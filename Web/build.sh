#!/bin/sh
# Builds everything under Web/ into Web/dist, which the server loads at start.
# Needs Debian's esbuild, node-typescript, node-react, node-react-dom, node-chart.js and zopfli.
# Bundles are written even where a type check fails, but then the exit status is 1.
set -eu
cd "$(dirname "$0")"

# Built beside and moved into place at the end: whoever reads dist meanwhile finds the whole old one.
out=$(mktemp -d ./dist.XXXXXX)
trap 'rm -rf "$out"' EXIT
mkdir "$out/assets"
chmod 755 "$out"
export NODE_PATH=/usr/share/nodejs

# tsc takes longest, so it runs beside the rest: widget and demo together, the dashboard by itself (its React has other settings).
tsc --noEmit -p tsconfig.json >"$out/.types" 2>&1 &
visitors=$!
tsc --noEmit -p dashboard/tsconfig.json >"$out/.types-dashboard" 2>&1 &
agents=$!

bundle() { # entry, output, further options
    entry=$1 target=$2
    shift 2
    esbuild "$entry" --bundle --minify --log-level=warning --charset=utf8 --target=es2020,safari15 --outfile="$out/$target" "$@"
}

bundle widget/sdk/main.ts sdk.js --format=iife
bundle widget/frame/main.ts assets/widget.js --format=iife
bundle widget/frame/widget.css assets/widget.css
cp widget/frame/widget.html widget/chat.html "$out/"
bundle widget/chat.ts assets/chat.js --format=iife
for words in widget/frame/words/*.json; do
    cp "$words" "$out/assets/words-$(basename "$words")"
done

bundle demo/demo.ts assets/demo.js --format=iife
bundle demo/demo.css assets/demo.css
bundle demo/mailbox.ts assets/mailbox.js --format=iife
bundle demo/mailbox.css assets/mailbox.css
cp demo/demo.html demo/mailbox.html "$out/"

bundle dashboard/main.tsx assets/dashboard.js --format=iife --jsx=automatic '--define:process.env.NODE_ENV="production"'
# The library of charts is loaded by the reports alone.
bundle dashboard/charts/draw.ts assets/charts.js --format=iife --global-name=throughlineCharts
bundle dashboard/dashboard.css assets/dashboard.css
cp dashboard/app.html "$out/app.html"

mkdir -p "$out/mail/words"
cp mail/*.mustache "$out/mail/"
cp mail/words/*.json "$out/mail/words/"

# A little smaller than gzip -9, and read by the same browsers: the launcher stays under 6,000 bytes.
zopfli "$out/sdk.js" "$out"/assets/*

status=0
wait $visitors || { echo "Web/widget or Web/demo does not pass the type check:" >&2; cat "$out/.types" >&2; status=1; }
wait $agents || { echo "Web/dashboard does not pass the type check:" >&2; cat "$out/.types-dashboard" >&2; status=1; }
rm -f "$out/.types" "$out/.types-dashboard"
rm -rf dist
mv "$out" dist
exit $status
