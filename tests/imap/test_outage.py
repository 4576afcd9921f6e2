"""A server that lets us in and then gives out no mail for a while: none of them is at fault."""
from conftest import Desk, mail, until
from imap_server import IMAPServer


class Outage(IMAPServer):
    """Ends every connection on which a mail, or its header, is asked for, until it is over."""

    def __init__(self):
        super().__init__(*[mail(f"Mail {number}") for number in (1, 2, 3)])
        self.is_over = False

    def gives(self, number, section):
        return super().gives(number, section) if self.is_over else None


def test_an_outage_behind_the_sign_in_puts_no_mail_aside(server):
    desk = Desk(server)
    server.start()
    with Outage() as outage:
        desk.connect_scripted(outage)
        # After its tries another mail was asked for, in vain too.
        until(lambda: {number for number, _ in outage.asked} - {1}, "another mail to be asked for", seconds=60)
        assert desk.mails() == []
        outage.is_over = True
        mails = desk.until_mails(3, seconds=60)
        assert [(row["subject"], row["outcome"]) for row in mails] == [(f"Mail {n}", "new_conversation") for n in (1, 2, 3)]
