"""Keys for signing, made by openssl when the tests begin, and signatures with whatever is asked for in them."""

import base64
import hashlib
import subprocess

import dkim
import nacl.signing
from dkim.canonicalization import CanonicalizationPolicy
from dkim.crypto import HASH_ALGORITHMS, RSASSA_PKCS1_v1_5_sign, parse_pem_private_key


class RSAKey:
    kind = "rsa"
    algorithm = "rsa-sha256"

    def __init__(self, bits):
        self.bits = bits
        self.pem = subprocess.run(["openssl", "genrsa", "-traditional", str(bits)], capture_output=True, check=True).stdout
        self.private = parse_pem_private_key(self.pem)
        self.public = self._public("-pubout")
        self.public_pkcs1 = self._public("-RSAPublicKey_out")

    def _public(self, form):
        command = ["openssl", "rsa", form, "-outform", "DER"]
        return base64.b64encode(subprocess.run(command, input=self.pem, capture_output=True, check=True).stdout).decode()

    def sign(self, data, algorithm):
        digest = HASH_ALGORITHMS[algorithm.encode()]()
        digest.update(data)
        return RSASSA_PKCS1_v1_5_sign(digest, self.private)


class Ed25519Key:
    kind = "ed25519"
    algorithm = "ed25519-sha256"
    bits = 256

    def __init__(self, seed):
        self.private = nacl.signing.SigningKey(seed)
        self.public = self.public_pkcs1 = base64.b64encode(bytes(self.private.verify_key)).decode()

    def sign(self, data, algorithm):
        return self.private.sign(hashlib.sha256(data).digest()).signature


def digest_of(body, form, algorithm):
    digest = HASH_ALGORITHMS[algorithm.encode()]() if algorithm.encode() in HASH_ALGORITHMS else hashlib.sha256()
    canonical = CanonicalizationPolicy.from_c_value(f"simple/{form}".encode()).canonicalize_body(body)
    digest.update(canonical)
    return base64.b64encode(digest.digest()).decode(), len(canonical)


def signature(mail, key, domain, selector, form, names, extra=(), algorithm=None, rng=None, replace=None):
    """A DKIM-Signature field for the mail. `extra`: further tags; `replace`: tags to write otherwise, None leaves one out."""
    headers, body = dkim.rfc822_parse(mail)
    algorithm = algorithm or key.algorithm
    body_hash, _ = digest_of(body, form.partition("/")[2] or "simple", algorithm)
    tags = {"v": "1", "a": algorithm, "c": form, "d": domain, "s": selector, "h": " : ".join(names), "bh": body_hash}
    tags.update(replace or {})
    parts = [f"{name}={value}" for name, value in tags.items() if value is not None] + list(extra)
    joint = rng.choice(["; ", ";\r\n\t", ";", " ; "]) if rng else "; "
    value = (" " + joint.join([*parts, "b="])).encode()
    policy = CanonicalizationPolicy.from_c_value(form.encode())
    wanted = [name.strip().lower().encode() for name in names]
    signed = policy.canonicalize_headers(dkim.select_headers(headers, wanted))
    own = policy.canonicalize_headers([[b"DKIM-Signature", value + b"\r\n"]])[0]
    data = b"".join(name + b":" + text for name, text in signed) + own[0] + b":" + own[1][:-2]
    text = base64.b64encode(key.sign(data, algorithm if key.kind == "rsa" and algorithm.startswith("rsa") else key.algorithm)).decode()
    if rng and rng.random() < 0.7:
        text = "\r\n\t".join(text[start : start + 60] for start in range(0, len(text), 60))
    return b"DKIM-Signature:" + value + text.encode() + b"\r\n"
