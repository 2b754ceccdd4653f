"""drand as a network gives it, on this machine: late, elsewhere, too long, false, unsafe.

Nothing is drawn then, and nothing written: the same command, typed again, draws.
"""

import contextlib
import datetime
import http.server
import json
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from cq.draw.sources import QUICKNET
from cq.jury import relays
from cq.jury.folders import Folders, Step
from tests.unit.jury import town

Cq = Callable[..., tuple[int, str]]
BEGUN = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
TRUE = town.SIGNATURES[1000]


def round_(**more: object) -> bytes:
    return json.dumps({"round": 1000, "signature": TRUE, **more}).encode()


class Relay(http.server.BaseHTTPRequestHandler):
    """What a relay does is its first word in the path of its address."""

    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        with contextlib.suppress(OSError):  # whoever asked may have left
            getattr(self, self.path.split("/")[1])()

    def say(self, data: bytes, code: int = 200, **headers: str) -> None:
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def good(self) -> None:
        self.say(round_())

    def slow(self) -> None:
        time.sleep(2)

    def dribbling(self) -> None:
        self.wfile.write(b"HTTP/1.0 200 OK\r\n")
        for number in range(100):
            self.wfile.write(b"X-%d: x\r\n" % number)
            time.sleep(0.05)

    def trickling(self) -> None:
        self.say(b"")
        for one in round_().decode():
            self.wfile.write(one.encode())
            time.sleep(0.05)

    def coming(self) -> None:
        self.say(b"{}", 404)

    def broken(self) -> None:
        self.say(b"{}", 500)

    def elsewhere(self) -> None:
        self.say(
            b"", 302, Location=f"http://localhost:{self.server.server_port}/good/x/public/1000"
        )

    def endless(self) -> None:
        self.say(b"[" + b"1," * 500_000)

    def other(self) -> None:
        self.say(round_(round=999))

    def forged(self) -> None:
        self.say(round_(signature=town.SIGNATURES[3]))

    def odd(self) -> None:
        self.say(b"<html>connectez-vous au r\xe9seau</html>")

    def cut(self) -> None:
        self.say(round_()[:40], **{"Content-Length": "500"})

    def mute(self) -> None:
        self.connection.shutdown(socket.SHUT_RDWR)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., list[str]]]:
    """`served("slow", "good")`: two relays; what is asked of them."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setattr(relays, "_PATIENCE", 0.5)
    monkeypatch.setattr(relays, "_LONGEST", 1.0)
    Relay.asked = []
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Relay)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    here = f"http://127.0.0.1:{server.server_port}"

    def served(*ways: str) -> list[str]:
        monkeypatch.setattr(relays, "RELAYS", tuple(f"{here}/{way}" for way in ways))
        return Relay.asked

    yield served
    server.shutdown()
    server.server_close()


@pytest.fixture
def promised(draw: Folders, cq: Cq) -> Folders:
    code, said = cq(
        "commit", "simple-12", "--title", "Jury", "--source", "drand:1000", "--published",
        "2023-08-22T10:00:00Z", "--yes",
    )  # fmt: skip
    assert code == 0, said
    return draw


def everything(folders: Folders) -> dict[Path, bytes]:
    places = (folders.public, folders.private)
    return {path: path.read_bytes() for place in places for path in place.rglob("*")}


def test_a_round_is_fetched(served: Callable[..., list[str]], promised: Folders, cq: Cq) -> None:
    asked = served("good")
    code, said = cq("draw", "simple-12")
    assert code == 0, said
    assert asked == [f"/good/{QUICKNET}/public/1000"]
    assert promised.step() is Step.DRAWN


@pytest.mark.parametrize(
    ("way", "code", "words"),
    [
        ("slow", 3, "pas de réponse à temps"),
        ("dribbling", 3, "pas de réponse à temps"),
        ("trickling", 3, "pas de réponse à temps"),
        ("coming", 3, "il n’a pas encore ce tour (réponse 404)"),
        ("broken", 3, "réponse 500"),
        ("elsewhere", 3, "il renvoie ailleurs, où rien n’est demandé (réponse 302)"),
        ("endless", 3, "il répond par autre chose qu’un tour"),
        ("other", 3, "il répond par un autre tour"),
        ("odd", 3, "il répond par autre chose qu’un tour"),
        ("cut", 3, "il répond par autre chose qu’un tour"),
        ("mute", 3, "pas de réponse"),
        ("forged", 1, "la signature du tour 1000 de drand est fausse"),
    ],
)
def test_what_a_network_gives_instead(
    way: str, code: int, words: str, served: Callable[..., list[str]], promised: Folders, cq: Cq
) -> None:
    before = everything(promised)
    asked = served(way)
    found, said = cq("draw", "simple-12")
    assert (found, words in said) == (code, True), said
    assert "Traceback" not in said
    assert len(asked) == 1  # and nothing of whom it sends us to
    assert everything(promised) == before
    # Another relay has it: the same command draws.
    served(way, "good")
    code, said = cq("draw", "simple-12")
    assert code == 0, said


def test_nobody_is_there(served: Callable[..., list[str]], promised: Folders, cq: Cq) -> None:
    served()
    with socket.socket() as taken:  # bound, and listening to nobody
        taken.bind(("127.0.0.1", 0))
        relays.RELAYS = (f"http://127.0.0.1:{taken.getsockname()[1]}",)
        code, said = cq("draw", "simple-12")
    assert (code, "pas de réponse" in said) == (3, True), said
    assert promised.step() is Step.COMMITTED


def test_a_door_to_the_network_is_used_and_named(
    served: Callable[..., list[str]], promised: Folders, cq: Cq, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = served("good")
    door = relays.RELAYS[0].removesuffix("/good")
    monkeypatch.setattr(relays, "RELAYS", ("http://relais.example/good",))
    monkeypatch.setenv("http_proxy", door)
    monkeypatch.setattr(Relay, "do_GET", lambda self: (asked.append(self.path), self.say(b"", 407)))
    code, said = cq("draw", "simple-12")
    assert code == 3
    assert "par le mandataire (proxy) de cette machine" in said
    assert "réponse 407" in said
    assert door not in said
    assert asked == [f"http://relais.example/good/{QUICKNET}/public/1000"]
    assert promised.step() is Step.COMMITTED


def self_signed() -> bytes:
    """A key and a certificate that nobody vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).serial_number(1)
        .public_key(key.public_key())
        .not_valid_before(BEGUN).not_valid_after(BEGUN.replace(year=2099))
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    told = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain)
    return told + made.public_bytes(pem)


def test_a_certificate_of_nobody_s_is_refused(
    served: Callable[..., list[str]],
    promised: Folders,
    cq: Cq,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    served()
    certificate = tmp_path / "certificate.pem"
    certificate.write_bytes(self_signed())
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Relay) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        server.handle_error = lambda *_: None  # type: ignore[method-assign]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"https://localhost:{server.server_port}/good"
        monkeypatch.setattr(relays, "RELAYS", (address,))
        code, said = cq("draw", "simple-12")
        server.shutdown()
    assert (code, "certificat refusé" in said) == (3, True), said
    assert Relay.asked == []
    assert promised.step() is Step.COMMITTED
