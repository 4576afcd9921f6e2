# What a person types. The work is in scripts/, one file for each command. `make help` lists them.

# Arguments for the program that is started: make run ARGS="--fresh --http-listen 127.0.0.1:4000"
ARGS ?=
# Figures of the crash run: make crash MAILS=500 KILLS=20 CONNECTIONS=10
MAILS ?= 500
KILLS ?= 20
CONNECTIONS ?= 10
# And of its second half, in which mail goes out
BATCHES ?= 2000
SENDING_KILLS ?= 50

.PHONY: help run build web test check format bench crash fuzz pictures install-deps

help:
	@sed -n 's/^## //p' $(MAKEFILE_LIST)

## make run           install what is missing, build for release, start the demo (ARGS="…" goes to it)
run: build
	@exec .build/release/throughline demo $(ARGS)

## make test          install what is missing, run every test
test:
	@scripts/test.sh

## make check         format, lint, direction of imports, dead links, types
check:
	@scripts/install.sh build check
	@scripts/check.sh

## make format        put the Swift sources into the form that make check asks for
format:
	@swift format --in-place --parallel --recursive Package.swift Sources Tests Fuzz/Package.swift Fuzz/Sources/fuzz Fuzz/Sources/Crypto

## make bench         the benchmarks: one table, and bench/results.json
bench:
	@scripts/bench.sh

## make crash         kill the server at random while mail comes in (MAILS=, KILLS=, CONNECTIONS=) and goes out (BATCHES=, SENDING_KILLS=)
crash:
	@scripts/crash.sh release receiving --mails $(MAILS) --kills $(KILLS) --connections $(CONNECTIONS) $(ARGS)
	@scripts/crash.sh release sending --batches $(BATCHES) --kills $(SENDING_KILLS) $(ARGS)

## make fuzz          fuzz the readers of mail for FUZZ_SECONDS each (120), with the address sanitiser
fuzz:
	@scripts/install.sh build check
	@scripts/fuzz.sh

## make pictures      the pictures of README and docs, after make test
pictures:
	@scripts/pictures.sh

## make build         the program for release, and the web assets
build: web
	@echo "Building throughline for release. The first time takes some minutes."
	@swift build -c release --product throughline

## make web           the web assets alone
web:
	@scripts/install.sh build
	@Web/build.sh

## make install-deps  the Debian packages for everything: building, testing, benchmarks
install-deps:
	@scripts/install.sh build check test bench
