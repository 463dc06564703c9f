"""What the wire makes of HTTP as far ends really send it, byte by byte."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from backend import errors
from backend.upstream import connections
from backend.upstream.connections import Connection, Timeouts

HI = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"


class Far:
    """Answers each request with the next of `answers`, in the pieces given; None ends the connection."""

    def __init__(self, answers: Sequence[Sequence[bytes | None]]) -> None:
        self.answers = list(answers)
        self.requests: list[bytes] = []
        self.connections = 0
        self.url = ""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            while self.answers:
                self.requests.append(await reader.readuntil(b"\r\n\r\n"))
                for piece in self.answers.pop(0):
                    if piece is None:
                        return
                    writer.write(piece)
                    await writer.drain()
                    await asyncio.sleep(0)
            await reader.read()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()


@asynccontextmanager
async def far(*answers: Sequence[bytes | None], tls: ssl.SSLContext | None = None) -> AsyncIterator[Far]:
    end = Far(answers)
    server = await asyncio.start_server(end.serve, "127.0.0.1", 0, ssl=tls)
    end.url = f"{'https' if tls else 'http'}://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
    try:
        yield end
    finally:
        server.close()
        await asyncio.sleep(0.01)


async def body_of(connection: Connection, url: str) -> bytes:
    return (await connection.document("GET", url, {}))[1]


@pytest.mark.parametrize(
    "pieces",
    [
        [HI],
        [bytes([byte]) for byte in HI],
        [b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + HI],
        [b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nh\r\n1;x=y\r\ni\r\n0\r\nTrailer: x\r\n\r\n"],
        [b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nh", b"i", None],
        [b"HTTP/1.0 200 OK\r\n\r\nhi", None],
    ],
    ids=["at once", "byte by byte", "after a hint", "chunked", "until the end", "1.0"],
)
async def test_an_answer_is_read_however_it_is_framed(pieces: list[bytes | None]) -> None:
    connection = Connection()
    async with far(pieces) as end:
        assert await body_of(connection, end.url) == b"hi"
        await connection.close()


@pytest.mark.parametrize(
    ("pieces", "error"),
    [
        ([b"<html>no</html>"], errors.UpstreamBadAnswer),
        ([b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nhi"], errors.UpstreamBadAnswer),
        ([b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n"], errors.UpstreamBadAnswer),
        ([b"HTTP/1.1 200 OK\r\nX: " + b"y" * 70_000 + b"\r\n"], errors.UpstreamBadAnswer),
        ([b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n"], errors.UpstreamBadAnswer),
        ([b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nhi", None], errors.UpstreamUnreachable),
        ([b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"], errors.UpstreamUnreachable),
        ([None], errors.UpstreamUnreachable),
        ([b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\nhi"], errors.UpstreamBadAnswer),
    ],
    ids=["no HTTP", "two lengths", "length and chunks", "head", "upgrade", "cut", "chunks", "nothing", "gzip"],
)
async def test_what_is_not_a_whole_answer_is_told(pieces: list[bytes | None], error: type[Exception]) -> None:
    connection = Connection()
    async with far(pieces) as end:
        with pytest.raises(error):
            await body_of(connection, end.url)
        await connection.close()


async def test_a_connection_serves_one_request_after_the_other() -> None:
    connection = Connection()
    async with far([HI], [HI], [HI]) as end:
        assert [await body_of(connection, end.url) for _ in range(3)] == [b"hi"] * 3
        assert end.connections == 1
        await connection.close()


async def test_two_requests_at_once_have_a_connection_each() -> None:
    connection = Connection()
    async with far([HI], [HI]) as end:
        both = await asyncio.gather(body_of(connection, end.url), body_of(connection, end.url))
        assert list(both) == [b"hi", b"hi"]
        assert end.connections == 2
        await connection.close()


@pytest.mark.parametrize(
    "first",
    [
        [HI + b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged"],
        [b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi", None],
    ],
    ids=["spoke unasked", "said close"],
)
async def test_a_connection_that_cannot_be_trusted_is_not_used_again(first: list[bytes | None]) -> None:
    connection = Connection()
    async with far(first, [HI]) as end:
        assert await body_of(connection, end.url) == b"hi"
        await asyncio.sleep(0.01)
        assert await body_of(connection, end.url) == b"hi"
        assert end.connections == 2
        await connection.close()


async def test_an_answer_left_in_its_midst_ends_its_connection() -> None:
    connection = Connection()
    async with far([b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nh"], [HI]) as end:
        answer = await connection.send("GET", end.url, {})
        answer.drop()
        assert await body_of(connection, end.url) == b"hi"
        assert end.connections == 2
        await connection.close()


async def test_a_get_is_sent_again_where_its_idle_connection_was_gone_and_a_post_is_not() -> None:
    connection = Connection()
    async with far([HI], [None], [HI], [None], [HI]) as end:
        assert await body_of(connection, end.url) == b"hi"
        assert await body_of(connection, end.url) == b"hi"
        with pytest.raises(errors.UpstreamUnreachable):
            await connection.send("POST", end.url, {}, b"x")
        assert [request[:4] for request in end.requests] == [b"GET ", b"GET ", b"GET ", b"POST"]
        await connection.close()


@pytest.mark.parametrize(
    ("timeouts", "pieces"),
    [
        (Timeouts(first_byte=0.05), [b"HTTP/1.1 200 OK\r\n"]),
        (Timeouts(first_byte=0.05), [b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n"]),
        (Timeouts(between_reads=0.05), [b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nh"]),
        (Timeouts(whole=0.05), [b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nh"]),
    ],
    ids=["head", "first byte", "between", "whole"],
)
async def test_each_wait_has_its_end(timeouts: Timeouts, pieces: list[bytes | None]) -> None:
    connection = Connection(timeouts=timeouts)
    async with far(pieces) as end:
        with pytest.raises(errors.UpstreamTimeout):
            await body_of(connection, end.url)
        await connection.close()


async def test_a_far_end_that_sends_faster_than_is_read_is_held_up() -> None:
    size = 64 << 20
    sent = 0

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal sent
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % size)
        try:
            for _ in range(size >> 16):
                writer.write(bytes(1 << 16))
                await writer.drain()
                sent += 1 << 16
        except ConnectionError:
            pass
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    connection = Connection()
    answer = await connection.send("GET", f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/", {})
    await asyncio.sleep(0.2)
    assert sent < size // 2
    answer.drop()
    await connection.close()
    server.close()
    await server.wait_closed()


async def test_a_far_end_proves_itself_by_tls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    certificate, key = made_certificate(tmp_path)
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(certificate, key)
    async with far([HI], tls=serving) as end:
        with pytest.raises(errors.UpstreamUnreachable, match="did not prove its identity"):
            await body_of(Connection(), end.url)
        assert end.requests == []
    trusting = ssl.create_default_context(cafile=str(certificate))
    monkeypatch.setattr(connections, "tls", lambda: trusting)
    connection = Connection()
    async with far([HI], tls=serving) as end:
        assert await body_of(connection, end.url) == b"hi"
        await connection.close()


async def test_no_header_smuggles_another_one_in() -> None:
    async with far([HI]) as end:
        with pytest.raises(errors.UpstreamUnreachable, match="line end"):
            await Connection().send("GET", end.url, {"Authorization": "Bearer x\r\nHost: elsewhere"})
        assert end.connections == 0


def made_certificate(folder: Path) -> tuple[Path, Path]:
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "far end")])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = (
        builder.serial_number(1).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    )
    builder = builder.add_extension(
        x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))]), critical=False
    )
    certificate, secret = folder / "certificate.pem", folder / "key.pem"
    certificate.write_bytes(builder.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM))
    secret.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return certificate, secret
