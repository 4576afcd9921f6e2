"""A real server for each test."""
import pathlib
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parents[1]))
from server_under_test import Relay, Server, free_port, until  # noqa: E402, F401


@pytest.fixture
def relay():
    relay = Relay()
    relay.controller.start()
    yield relay
    relay.controller.stop()


@pytest.fixture
def server(tmp_path, relay):
    server = Server(tmp_path, relay)
    yield server
    if server.process and server.process.poll() is None:
        server.stop()
    if server.process:
        print((tmp_path / "server.log").read_text()[-4000:])
