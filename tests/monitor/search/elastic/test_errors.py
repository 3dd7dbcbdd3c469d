"""A server that cannot be used is named with what to do, and never with a password."""

import socket
import ssl
import traceback
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from monitor.jobs.rooms import OutsideUnavailable
from monitor.search.elastic.engine import ElasticEngine
from monitor.search.elastic.settings import ElasticSettings
from monitor.search.engine import IndexBroken, IndexOutdated, Query, QueryTooLarge
from tests.monitor.search.elastic.loopback import ELASTICSEARCH, Answer, Server

SECRET = "hunter2"


def problem(settings: ElasticSettings) -> Exception:
    """What a search raises; nothing that is printed of it holds the secret."""
    with pytest.raises(Exception) as raised:  # noqa: PT011 - the tests look at it
        ElasticEngine(settings, sleep=lambda _: None).search(Query())
    printed = "".join(traceback.format_exception(raised.value))
    assert SECRET not in printed
    assert str(raised.value).count(settings.where) >= 1
    return raised.value


def answered(answer: Answer, **given: object) -> Exception:
    with Server(lambda _: answer) as server:
        return problem(ElasticSettings(f"http://127.0.0.1:{server.port}", **given))  # type: ignore[arg-type]


def error(kind: str, reason: str) -> dict[str, object]:
    return {"error": {"type": kind, "reason": reason, "root_cause": []}}


@pytest.mark.parametrize(
    ("answer", "kind", "says"),
    [
        (Answer(401, error("security_exception", "no")), OutsideUnavailable, "must hold a user"),
        (Answer(403, error("security_exception", "not for you")), OutsideUnavailable, "privilege"),
        (Answer(413, error("too_big", "")), OutsideUnavailable, "http.max_content_length"),
        (Answer(429, error("es_rejected_execution_exception", "full")), OutsideUnavailable, "full"),
        (Answer(503, error("x", "all shards failed")), OutsideUnavailable, "all shards failed"),
        (Answer(500, error("x", "corrupt index: checksum")), IndexBroken, "fenghuo reindex"),
        (Answer(400, error("x", "No mapping found for [newest]")), IndexBroken, "fenghuo reindex"),
        (Answer(404, error("index_not_found_exception", "no")), IndexOutdated, "fenghuo reindex"),
        (Answer(400, error("x", "maxClauseCount is set to 1024")), QueryTooLarge, "simpler"),
        (
            Answer(400, error("media_type_header_exception", "Invalid media-type")),
            OutsideUnavailable,
            "Elasticsearch 8 or 9",
        ),
    ],
)
def test_an_answer_that_is_an_error_is_explained(
    answer: Answer, kind: type[Exception], says: str
) -> None:
    raised = answered(answer)
    assert type(raised) is kind
    assert says in str(raised)


@pytest.mark.parametrize(
    "answer",
    [
        Answer(200, b"<html>It works!</html>", {"Content-Type": "text/html", "Server": "nginx"}),
        Answer(404, b"<html>Not here</html>", {"Content-Type": "text/html", "Server": "nginx"}),
        Answer(
            200,
            {"version": {"distribution": "opensearch", "number": "3.0.0"}},
            {"Content-Type": "application/json"},
        ),
        Answer(400, {"error": "no"}, {"Content-Type": "application/json"}),
    ],
)
def test_a_server_that_is_not_elasticsearch_is_named(answer: Answer) -> None:
    said = str(answered(answer))
    assert "not Elasticsearch" in said
    assert "ELASTICSEARCH_URL" in said
    assert any(name in said for name in ("nginx", "opensearch", "BaseHTTP"))


def test_an_answer_that_cannot_be_read_is_no_elasticsearch() -> None:
    garbled = Answer(200, b"{not json", ELASTICSEARCH)
    assert "not as Elasticsearch" in str(answered(garbled))


def test_a_key_that_is_not_known_is_told_from_a_password() -> None:
    refused = Answer(401, error("security_exception", "no"))
    assert "ELASTICSEARCH_API_KEY" in str(answered(refused, api_key=SECRET))


def test_nobody_there_is_said_with_the_address() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        raised = problem(ElasticSettings(f"http://me:{SECRET}@127.0.0.1:{port}"))
    assert type(raised) is OutsideUnavailable
    assert "cannot be reached" in str(raised)


def test_one_who_takes_too_long_is_waited_for_no_longer() -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        port = silent.getsockname()[1]
        raised = problem(ElasticSettings(f"http://127.0.0.1:{port}", timeout=0.2))
    assert "did not answer within 0.2 s" in str(raised)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ssl.SSLContext]:
    """A certificate that signs itself, and a server that shows it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "a test")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    folder = tmp_path_factory.mktemp("certificate")
    shown, kept = folder / "certificate.pem", folder / "key.pem"
    shown.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    kept.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(shown, kept)
    return shown, context


def test_a_certificate_that_nobody_vouches_for_is_refused_and_the_setting_named(
    certificate: tuple[Path, ssl.SSLContext],
) -> None:
    shown, context = certificate
    answer = Answer(body={"version": {"number": "8.19.8"}})
    with Server(lambda _: answer, tls=context) as server:
        url = f"https://me:{SECRET}@127.0.0.1:{server.port}"
        assert "ELASTICSEARCH_CA" in str(problem(ElasticSettings(url)))
        assert server.asked == []
        elsewhere = ElasticSettings(url.replace("127.0.0.1", "localhost"), ca_certs=shown)
        assert "a host that it is for" in str(problem(elsewhere))
        for settings in (ElasticSettings(url, ca_certs=shown), ElasticSettings(url, verify=False)):
            assert ElasticEngine(settings).standing().engine == "Elasticsearch 8.19.8"


def test_a_server_without_tls_is_told_from_one_with_a_wrong_certificate() -> None:
    with Server(lambda _: Answer()) as server:
        raised = problem(ElasticSettings(f"https://127.0.0.1:{server.port}"))
    assert "does not speak TLS" in str(raised)
    assert "http://" in str(raised)


def test_a_server_with_tls_is_not_asked_without(
    certificate: tuple[Path, ssl.SSLContext],
) -> None:
    with Server(lambda _: Answer(), tls=certificate[1]) as server:
        raised = problem(ElasticSettings(f"http://127.0.0.1:{server.port}"))
    assert "plain HTTP" in str(raised)
