"""Certificates for the servers of a test."""
import pathlib
import subprocess


class Certificates:
    """A certificate authority of the test's own, and what it signs."""

    def __init__(self, folder):
        self.folder = folder
        self.ca = f"{folder}/ca.pem"
        self._openssl(
            "req", "-x509", *self._key("ca"), "-days", "2", "-subj", "/CN=Test CA", "-out", self.ca,
            "-addext", "basicConstraints=critical,CA:TRUE", "-addext", "keyUsage=critical,keyCertSign")

    def _openssl(self, *words):
        done = subprocess.run(["openssl", *words], capture_output=True)
        assert done.returncode == 0, done.stderr.decode()

    def _key(self, name):
        return "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", f"{self.folder}/{name}.key"

    def sign(self, name, subject, days=2):
        """`subject` as in IP:127.0.0.1; negative days make one that expired."""
        files = f"{self.folder}/{name}.pem", f"{self.folder}/{name}.key"
        self._openssl("req", "-new", *self._key(name), "-subj", f"/CN={name}", "-out", f"{self.folder}/{name}.csr")
        extensions = pathlib.Path(self.folder, f"{name}.ext")
        extensions.write_text(f"subjectAltName={subject}\n")
        dates = ["-days", str(days)]
        self._openssl(
            "x509", "-req", "-in", f"{self.folder}/{name}.csr", "-CA", self.ca, "-CAkey", f"{self.folder}/ca.key", "-CAcreateserial",
            "-extfile", str(extensions), *dates, "-out", files[0])
        return files
