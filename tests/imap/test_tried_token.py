"""A refresh token that was tried before it was saved: the token server has given another one for it."""
from conftest import Desk, until
from test_token import TEXT, tokens  # noqa: F401
from token_server import SECRETS, Mailbox


def test_a_refresh_token_that_was_tried_can_be_saved(server, tokens):  # noqa: F811
    desk, mailbox = Desk(server), Mailbox(tokens, TEXT)
    server.start()
    settings = {
        "host": "127.0.0.1", "port": mailbox.port, "security": "none", "user": "support@acme.test", "import_existing": True, **SECRETS,
        "token_url": f"https://127.0.0.1:{tokens.server_port}/token"}
    try:
        for count in (1, 2):
            assert desk.agent("POST", f"{desk.path}/test", settings)["works"]
            assert (tokens.given, mailbox.tried[-1]) == (count, f"token-{count}")
        desk.agent("PUT", desk.path, settings)
        desk.until_mails(1)
        desk.until_state("working")
        # What is kept already is tried as it is kept.
        assert desk.agent("POST", f"{desk.path}/test", settings)["works"]
        # The next refresh token is the one that came with the last.
        tokens.good = "none"
        mailbox.drop()
        until(lambda: mailbox.tried[-1] == "token-3", "a token anew")
        desk.until_state("working")
        assert tokens.wrong == [] and set(mailbox.tried) == {"token-1", "token-2", "token-3"}
    finally:
        mailbox.close()
