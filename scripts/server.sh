# Sourced by test.sh: a server of its own for the tests that need one.
#
#   with_server PROGRAM COMMAND…   starts `PROGRAM demo` in a new folder on free ports, waits until it is ready, runs the command with
#                                  THROUGHLINE_URL and TL_SMTP_PORT, and stops it

free_ports() {
    python3 - "$1" <<'PYTHON'
import socket, sys
sockets = [socket.socket() for _ in range(int(sys.argv[1]))]
for each in sockets:
    each.bind(("127.0.0.1", 0))
print(*(each.getsockname()[1] for each in sockets))
PYTHON
}

server_pid=
server_folder=

stop_server() {
    if [ -n "$server_pid" ]; then
        kill "$server_pid" 2>/dev/null || true
        # What is asked to stop has 20 seconds: event streams must end themselves.
        for _ in $(seq 200); do
            kill -0 "$server_pid" 2>/dev/null || break
            sleep 0.1
        done
        if kill -9 "$server_pid" 2>/dev/null; then
            echo "The server did not stop within 20 seconds of SIGTERM." >&2
            server_stuck=yes
        fi
        wait "$server_pid" 2>/dev/null || true
    fi
    server_pid=
    [ -z "$server_folder" ] || rm -rf "$server_folder"
    server_folder=
}
trap stop_server EXIT

with_server() {
    local program=$1 http smtp result=0
    shift
    read -r http smtp <<<"$(free_ports 2)"
    server_folder=$(mktemp -d)
    server_stuck=no
    (
        cd "$server_folder"
        exec "$program" demo --data-directory "$server_folder/data" --http-listen "127.0.0.1:$http" \
            --smtp-listen "127.0.0.1:$smtp" --http-public-url "http://127.0.0.1:$http" >"$server_folder/log" 2>&1 </dev/null
    ) &
    server_pid=$!
    if wait_until_ready "http://127.0.0.1:$http/readyz"; then
        THROUGHLINE_URL="http://127.0.0.1:$http" TL_SMTP_PORT=$smtp "$@" || result=$?
        if ! kill -0 "$server_pid" 2>/dev/null; then
            echo "The server ended during the tests." >&2
            result=1
        fi
    else
        result=1
    fi
    if [ "$result" -ne 0 ]; then
        echo "The last lines of the server's log:" >&2
        tail -n 60 "$server_folder/log" >&2
    fi
    stop_server
    [ "$server_stuck" = no ] && return "$result"
}

wait_until_ready() {
    local url=$1
    for _ in $(seq 300); do
        curl -fsS -o /dev/null --max-time 2 "$url" 2>/dev/null && return 0
        if ! kill -0 "$server_pid" 2>/dev/null; then
            echo "The server ended before it was ready." >&2
            return 1
        fi
        sleep 0.1
    done
    echo "The server was not ready within 30 seconds: $url" >&2
    return 1
}
