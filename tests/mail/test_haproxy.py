"""HAProxy before the server, with the configuration that docs/going-live.md shows: the peer's own address comes through."""
import pathlib
import re
import shutil
import smtplib
import subprocess

from mail_programs import mail
from server_under_test import free_port, until

RECIPE = pathlib.Path(__file__).parents[2] / "docs/going-live.md"


def test_the_recipe_hands_the_peers_address_on(proxied_desk, tmp_path):
    desk, port = proxied_desk, free_port()
    block = re.search(r"```\n(defaults\n.*?)```", RECIPE.read_text(), re.S).group(1)
    for written, ours in ((":25\n", f"127.0.0.1:{port}\n"), ("127.0.0.1:2525", f"127.0.0.1:{desk.server.smtp}")):
        assert written in block, written
        block = block.replace(written, ours)
    config = tmp_path / "haproxy.cfg"
    config.write_text(block)
    program = shutil.which("haproxy", path="/usr/sbin:/usr/bin")
    assert program, "haproxy is missing: scripts/install.sh test"
    proxy = subprocess.Popen([program, "-db", "-f", str(config)], stderr=subprocess.PIPE)
    try:
        recipient = desk.inbox()

        def delivered():
            assert proxy.poll() is None, proxy.stderr.read().decode()
            try:
                # Any address of the loopback network is this machine's: so one shows who it was.
                with smtplib.SMTP("127.0.0.1", port, timeout=20, source_address=("127.0.0.77", 0)) as client:
                    return not client.sendmail("ann@customer.test", [recipient], mail("Through a proxy."))
            except OSError:
                return False
        until(delivered, "HAProxy to listen")
        [arrived] = desk.arrived(recipient)
        assert "[127.0.0.77]" in desk.original(arrived).split("\n\n")[0]
    finally:
        proxy.terminate()
        proxy.wait(timeout=20)
