"""Debian's mail programs for a test: each with its own folder, queue and port, started and stopped by the test."""
import os
import pathlib
import shutil
import smtplib
import subprocess
import tempfile
import textwrap

ROOT = pathlib.Path(__file__).parents[2]


def lines(*texts):
    """Texts as they stand indented in Python, one after the other."""
    return "".join(textwrap.dedent(text).lstrip("\n") for text in texts)


def as_root():
    """What stands before a command that must run as root; None where that cannot be had."""
    if os.geteuid() == 0:
        return []
    may = subprocess.run(["sudo", "-n", "true"], capture_output=True)
    return ["sudo", "-n"] if may.returncode == 0 else None


def run(*command, input=None, timeout=60, **options):
    done = subprocess.run([str(word) for word in command], input=input, capture_output=True, timeout=timeout, **options)
    assert done.returncode == 0, (command, done.returncode, done.stdout.decode(), done.stderr.decode())
    return done.stdout.decode()


class Folder:
    """A folder that other users may enter, unlike pytest's."""

    def __init__(self, name, inside=None):
        self.path = tempfile.mkdtemp(prefix=name, dir=inside)
        os.chmod(self.path, 0o755)

    def write(self, name, text, mode=0o644):
        path = pathlib.Path(self.path) / name
        path.write_text(text)
        path.chmod(mode)
        return path

    def __enter__(self):
        return self

    def __exit__(self, *error):
        # Mail programs leave files of other users.
        subprocess.run([*(as_root() or []), "rm", "-rf", self.path], check=True)


class Certificate:
    """Signed by itself, for 127.0.0.1 and localhost."""

    def __init__(self, folder):
        self.certificate, self.key = f"{folder}/cert.pem", f"{folder}/key.pem"
        self.renew("first.test")

    def renew(self, name):
        run("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj",
            f"/CN={name}", "-addext", f"subjectAltName=DNS:{name},DNS:localhost,IP:127.0.0.1", "-keyout", f"{self.key}.new", "-out",
            f"{self.certificate}.new")
        os.rename(f"{self.key}.new", self.key)
        os.rename(f"{self.certificate}.new", self.certificate)


def mail(words, sender="Ann <ann@customer.test>", to="support@acme.test", **headers):
    lines = [f"From: {sender}", f"To: {to}", "Subject: Chairs", "Date: Mon, 23 Nov 2026 10:00:00 +0000", "MIME-Version: 1.0",
             "Content-Type: text/plain; charset=utf-8", *(f"{name.replace('_', '-')}: {value}" for name, value in headers.items())]
    return "\r\n".join([*lines, "", words, ""]).encode()


def submit(port, sender, recipients, text):
    with smtplib.SMTP("127.0.0.1", port, timeout=30) as client:
        return client.sendmail(sender, recipients, text)


def program_for_others(program, folder):
    """The program where every user can run it: where it is, or a copy."""
    tried = subprocess.run([*as_root(), "setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", program, "--version"],
                           capture_output=True, timeout=60)
    if tried.returncode == 0:
        return program
    copy = f"{folder}/throughline"
    shutil.copy(program, copy)
    return copy


class Postfix:
    """A whole Postfix in a folder, with one SMTP port of its own. `transport` says where each domain's mail goes."""

    def __init__(self, port, transport, master="", main="", inside=None):
        self.port = port
        self.folder = Folder("throughline-postfix-", inside)
        for name in ("queue", "data"):
            os.mkdir(f"{self.folder.path}/{name}")
        subprocess.run([*as_root(), "chown", "postfix", f"{self.folder.path}/data"], check=True)
        self.log = f"{self.folder.path}/mail.log"
        domains = " ".join(transport)
        self.folder.write("main.cf", lines(f"""
            compatibility_level = 3.6
            config_directory = {self.folder.path}
            queue_directory = {self.folder.path}/queue
            data_directory = {self.folder.path}/data
            maillog_file = {self.log}
            maillog_file_prefixes = {self.folder.path}
            myhostname = mx.forwarder.test
            mydestination =
            inet_interfaces = 127.0.0.1
            inet_protocols = ipv4
            mynetworks = 127.0.0.0/8
            alias_maps =
            relay_domains = {domains}
            transport_maps = texthash:{self.folder.path}/transport
            smtp_host_lookup = native
            smtp_dns_support_level = disabled
            smtp_address_preference = ipv4
            minimal_backoff_time = 1s
            queue_run_delay = 1s
            """, main))
        self.folder.write("transport", "".join(f"{domain} {way}\n" for domain, way in transport.items()))
        self.folder.write("master.cf", lines(f"""
            127.0.0.1:{port} inet n - n - - smtpd
            pickup unix n - n 60 1 pickup
            cleanup unix n - n - 0 cleanup
            qmgr unix n - n 300 1 qmgr
            rewrite unix - - n - - trivial-rewrite
            bounce unix - - n - 0 bounce
            defer unix - - n - 0 bounce
            trace unix - - n - 0 bounce
            verify unix - - n - 1 verify
            flush unix n - n 1000? 0 flush
            proxymap unix - - n - - proxymap
            smtp unix - - n - - smtp
            relay unix - - n - - smtp
            lmtp unix - - n - - lmtp
            virtual unix - n n - - virtual
            showq unix n - n - - showq
            error unix - - n - - error
            retry unix - - n - - error
            discard unix - - n - - discard
            anvil unix - - n - 1 anvil
            scache unix - - n - 1 scache
            postlog unix-dgram n - n - 1 postlogd
            """, master))
        self.control("start")

    def control(self, word):
        run(*as_root(), "postfix", "-c", self.folder.path, word)

    def is_queue_empty(self):
        return "Mail queue is empty" in run(*as_root(), "postqueue", "-c", self.folder.path, "-p")

    def __enter__(self):
        return self

    def __exit__(self, kind, *error):
        self.control("stop")
        if kind:
            print(pathlib.Path(self.log).read_text()[-6000:])
        self.folder.__exit__()


class Exim:
    """Debian's Exim, unpacked: its package cannot be installed beside Postfix. It delivers at once what it is given on standard input."""

    PACKAGES = ["exim4-daemon-light", "exim4-base"]

    def __init__(self, routers):
        self.folder = Folder("throughline-exim-")
        self.program = self.unpack()
        (pathlib.Path(self.folder.path) / "spool").mkdir()
        # Exim asks for its own user at the start. It stands in a copy of the user list that only this process sees.
        for name, line in (("passwd", "Debian-exim:x:65533:65533::/nonexistent:/usr/sbin/nologin\n"), ("group", "Debian-exim:x:65533:\n")):
            self.folder.write(name, pathlib.Path(f"/etc/{name}").read_text() + line)
        subprocess.run([*as_root(), "chown", "-R", "65533:65533", f"{self.folder.path}/spool"], check=True)
        self.config = self.folder.write("exim.conf", lines(f"""
            exim_path = {self.program}
            spool_directory = {self.folder.path}/spool
            log_file_path = {self.folder.path}/spool/%slog
            primary_hostname = mx.forwarder.test
            never_users =
            # With a configuration of one's own Exim gives up root, and so cannot deliver as anybody else.
            deliver_drop_privilege = true
            trusted_users = root
            acl_not_smtp = accept
            keep_environment =
            begin routers
            """, routers))
        subprocess.run([*as_root(), "chown", "root:root", self.config], check=True)

    @classmethod
    def unpack(cls):
        """In .build, once."""
        program = ROOT / ".build/mail-programs/usr/sbin/exim4"
        if not program.exists():
            with Folder("throughline-packages-") as folder:
                download = ["apt-get", "download", "-q", "-o", "APT::Sandbox::User=root", "-o", "Acquire::Retries=3", *cls.PACKAGES]
                if subprocess.run(download, cwd=folder.path, capture_output=True, timeout=300).returncode != 0:
                    # A machine on which everything is installed may know no packages at all.
                    run(*as_root(), "apt-get", "update", "-q", timeout=300)
                    run(*download, cwd=folder.path, timeout=300)
                for package in pathlib.Path(folder.path).glob("*.deb"):
                    run("dpkg", "-x", package, ROOT / ".build/mail-programs")
        return program

    def send(self, sender, recipients, text):
        words = [self.program, "-C", self.config, "-odf", "-oi", "-f", sender, "--", *recipients]
        script = 'mount --bind "$0/passwd" /etc/passwd && mount --bind "$0/group" /etc/group && exec "$@"'
        return run(*as_root(), "unshare", "-m", "sh", "-c", script, self.folder.path, *words, input=text)

    def log(self):
        return run(*as_root(), "sh", "-c", f"cat {self.folder.path}/spool/mainlog {self.folder.path}/spool/paniclog || true")

    def __enter__(self):
        return self

    def __exit__(self, kind, *error):
        if kind:
            print(self.log()[-6000:])
        self.folder.__exit__()
