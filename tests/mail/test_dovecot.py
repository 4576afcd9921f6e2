"""Dovecot's own sender: a Sieve rule that redirects what comes to an old mailbox."""
import os
import shutil

from mail_programs import Folder, lines, mail, run


def test_a_sieve_redirect_arrives_once(desk):
    address = desk.inbox()
    with Folder("throughline-dovecot-") as folder:
        folder.write("sieve", lines(f"""
            redirect "{address}";
            """))
        config = folder.write("dovecot.conf", lines(f"""
            base_dir = {folder.path}/run
            log_path = {folder.path}/log
            mail_location = maildir:{folder.path}/Maildir
            submission_host = 127.0.0.1:{desk.server.smtp}
            hostname = mx.forwarder.test
            protocol lda {{
              mail_plugins = sieve
            }}
            plugin {{
              sieve = file:{folder.path}/sieve
              sieve_user_log = {folder.path}/sieve.log
            }}
            """))
        # It delivers for whoever runs it, but not for root.
        nobody = []
        if os.geteuid() == 0:
            shutil.chown(folder.path, "nobody")
            nobody = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"]
        run(*nobody, "/usr/lib/dovecot/dovecot-lda", "-c", config, "-f", "ann@customer.test", "-a", "support@old.test",
            input=mail("Redirected.", to="support@old.test", Message_ID="<1@customer.test>"), env={"HOME": folder.path, "USER": "nobody"})
        [arrived] = desk.arrived(address)
    assert (arrived["outcome"], arrived["message_id"]) == ("new_conversation", "1@customer.test")
    assert desk.words(arrived) == ["Redirected."]
