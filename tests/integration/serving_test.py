"""The built program as a server: TLS with session tickets, SIGHUP that changes certificate,
configuration and log under load, the access log, /metrics, kept tiles, ranges of files."""
import gzip
import json
import os
import pathlib
import re
import signal
import socket
import ssl
import subprocess
import tempfile
import threading
import time
import warnings

import http_cases
import program


def make_certificate(folder, name):
    paths = [f"{folder}/{name}.pem", f"{folder}/{name}.key"]
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
         "-nodes", "-days", "2", "-subj", f"/CN={name}", "-addext", "subjectAltName=DNS:localhost",
         "-out", paths[0], "-keyout", paths[1]], check=True, capture_output=True)
    return paths


def tls_context(certificate, version=None):
    context = ssl.create_default_context(cafile=certificate)
    if version:
        context.minimum_version = context.maximum_version = version
    return context


class Connection:
    """One kept connection; answers are read whole."""
    key = None  # of whom asks; none for nobody in particular

    def __init__(self, port, tls=None, session=None):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        if tls:
            self.socket = tls.wrap_socket(self.socket, server_hostname="localhost", session=session)
        self.received = b""

    def get(self, path, fields=""):
        self.socket.sendall(
            f"GET {path} HTTP/1.1\r\nHost: localhost\r\n{self.credentials()}{fields}\r\n".encode())
        return self.read_answer()

    def credentials(self):
        return f"Authorization: Bearer {self.key}\r\n" if self.key else ""

    def read_answer(self):
        while b"\r\n\r\n" not in self.received:
            self.receive()
        head, _, self.received = self.received.partition(b"\r\n\r\n")
        length = re.search(rb"(?i)\r\ncontent-length: (\d+)", head)
        wanted = int(length.group(1)) if length else 0
        while len(self.received) < wanted:
            self.receive()
        body, self.received = self.received[:wanted], self.received[wanted:]
        fields = dict(line.lower().split(": ", 1) for line in head.decode().split("\r\n")[1:])
        return int(head.split(b" ")[1]), fields, body

    def receive(self):
        more = self.socket.recv(65536)
        assert more, "the connection ended within an answer"
        self.received += more

    def close(self):
        self.socket.close()


def wait_until(what, said, deadline_s=30):
    end = time.monotonic() + deadline_s
    while not what():
        assert time.monotonic() < end, said()
        time.sleep(0.05)


def metric(port, name, tls=None):
    connection = Connection(port, tls)
    status, fields, body = connection.get("/metrics")
    connection.close()
    assert status == 200 and fields["content-type"].startswith("text/plain; version=0.0.4"), fields
    found = re.search(rf"^llr_hotspots_{re.escape(name)} (\S+)$", body.decode(), re.MULTILINE)
    assert found, f"no {name} in\n{body.decode()}"
    return float(found.group(1))


def check_kept_tile(port):
    """The same tile again is a hit, packed or not, and a 304 where the client has it."""
    connection = Connection(port)
    path = "/tiles/wards/8/126/83.mvt"
    status, fields, plain = connection.get(path)
    assert status == 200 and len(plain) > 1024, (status, len(plain))
    assert fields["vary"] == "accept-encoding" and fields["cache-control"] == "private, no-cache", fields
    hits, misses = (metric(port, f"cache_{kind}_total") for kind in ("hits", "misses"))
    for _ in range(3):
        status, packed_fields, packed = connection.get(path, "Accept-Encoding: gzip\r\n")
        assert status == 200 and packed_fields["content-encoding"] == "gzip"
        assert gzip.decompress(packed) == plain
        status, _, body = connection.get(path)
        assert status == 200 and body == plain
        status, same, body = connection.get(path, f"If-None-Match: {fields['etag']}\r\n")
        assert status == 304 and body == b"" and same["etag"] == fields["etag"]
    assert metric(port, "cache_hits_total") >= hits + 9
    assert metric(port, "cache_misses_total") == misses
    connection.close()


def check_log(log, port):
    """Every answer has a line; its id is the one that the client was told; no query is written."""
    connection = Connection(port)
    _, fields, _ = connection.get("/geocode?q=Granby+Street")
    told = fields["x-request-id"]
    connection.close()
    http_cases.converse(port, http_cases.CASES["two Hosts"][0])
    wait_until(lambda: f"id={told} " in log.read_text() and "status=400" in log.read_text(),
               log.read_text)
    line = next(line for line in log.read_text().splitlines() if f"id={told} " in line)
    pattern = (r"time=\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z id=[0-9a-f]+-[0-9a-f]+ peer=127\.0\.0\.1 "
               r'method=GET path="/geocode" status=200 bytes=\d+ ms=\d+\.\d{3} role=analyst')
    assert re.fullmatch(pattern, line), line
    assert "Granby" not in log.read_text()


def check_reload(client, port, folder, log, config):
    """SIGHUP moves the log, takes a smaller cache, and loses no request meanwhile."""
    stop, failures, asked = threading.Event(), [], []

    def ask():
        connection = Connection(port)
        while not stop.is_set():
            status, _, _ = connection.get("/tiles/wards/8/126/83.mvt")
            asked.append(status)
            if status != 200:
                failures.append(status)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    rotated = pathlib.Path(f"{log}.1")
    log.rename(rotated)
    config.write_text('{"cache-mb": 16}')
    client.process.send_signal(signal.SIGHUP)
    wait_until(lambda: log.exists() and "status=200" in log.read_text(), lambda: "no new log")
    assert metric(port, "cache_limit_bytes") == 16 << 20
    config.write_text('{"cache-mb": "much"}')
    client.process.send_signal(signal.SIGHUP)
    time.sleep(0.5)
    assert metric(port, "cache_limit_bytes") == 16 << 20
    stop.set()
    for thread in threads:
        thread.join()
    assert not failures and len(asked) > 20, (failures, len(asked))


def check_plain(folder):
    log, config = pathlib.Path(folder) / "access.log", pathlib.Path(folder) / "serve.json"
    config.write_text('{"cache-mb": 64, "access-log": "%s"}' % log)
    # The log is named again on the command line, which wins over the file and its later states.
    arguments = ["--demo", "--config", str(config), "--access-log", str(log)]
    with program.serve(f"{folder}/data", *arguments, role="analyst") as client:
        Connection.key = client.key
        port = int(client.base.rsplit(":", 1)[1])
        assert metric(port, "cache_limit_bytes") == 64 << 20
        assert metric(port, "connections") >= 1
        assert metric(port, "revision") > 0 and metric(port, "revision_age_seconds") >= 0
        check_kept_tile(port)
        check_log(log, port)
        check_reload(client, port, folder, log, config)


def check_tls(folder):
    first, second = make_certificate(folder, "first"), make_certificate(folder, "second")
    used = make_certificate(folder, "used")
    for kind in (0, 1):
        pathlib.Path(used[kind]).write_bytes(pathlib.Path(first[kind]).read_bytes())
    Connection.key = None
    process = subprocess.Popen(
        [program.PROGRAM, "serve", "--data", f"{folder}/data", "--listen", "127.0.0.1:0",
         "--tls-cert", used[0], "--tls-key", used[1]],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        url = process.stdout.readline()
        assert "https://127.0.0.1:" in url, url
        port = int(url.rsplit(":", 1)[1])
        for version in (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3):
            check_tickets(port, tls_context(first[0], version), version)
        check_old_version(port, first[0])
        check_slow_reader(port, tls_context(first[0]))
        kept = Connection(port, tls_context(first[0]))
        for kind in (0, 1):
            pathlib.Path(used[kind]).write_bytes(pathlib.Path(second[kind]).read_bytes())
        process.send_signal(signal.SIGHUP)
        wait_until(lambda: serves(port, second[0]), lambda: "the new certificate is not served")
        assert kept.get("/health/live")[0] == 200  # of the time before
        pathlib.Path(used[1]).write_text("no key")
        process.send_signal(signal.SIGHUP)
        time.sleep(0.5)
        assert serves(port, second[0])  # what cannot be used changes nothing
    finally:
        process.terminate()
        assert process.wait(timeout=30) == 0


def serves(port, certificate):
    try:
        connection = Connection(port, tls_context(certificate))
    except ssl.SSLError:
        return False
    status, _, _ = connection.get("/health/live")
    connection.close()
    return status == 200


def check_tickets(port, context, version):
    """A second connection takes the first one's ticket up, and links say https."""
    connection = Connection(port, context)
    assert connection.socket.version() == version.name.replace("_", "."), connection.socket.version()
    status, _, body = connection.get("/collections")
    assert status == 200
    links = json.dumps(json.loads(body)["links"])
    assert "https://localhost" in links and "http://localhost" not in links, links
    session = connection.socket.session
    connection.close()
    again = Connection(port, context, session)
    assert again.get("/health/live")[0] == 200
    assert again.socket.session_reused
    again.close()


def check_slow_reader(port, context):
    """More answers than the socket holds, read only once all have been asked for."""
    connection = Connection(port, context)
    path = "/tiles/wards/8/126/83.mvt"
    whole = connection.get(path)[2]
    connection.socket.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode() * 800)
    time.sleep(0.5)
    for _ in range(800):
        status, _, body = connection.read_answer()
        assert status == 200 and body == whole
    connection.close()


def check_old_version(port, certificate):
    context = tls_context(certificate)
    context.set_ciphers("ALL:@SECLEVEL=0")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1_1
    try:
        Connection(port, context)
    except (ssl.SSLError, ConnectionError):
        return
    raise AssertionError("TLS 1.1 is spoken")


def main():
    with tempfile.TemporaryDirectory() as folder:
        os.mkdir(f"{folder}/data")
        check_plain(folder)
        check_tls(folder)
    print("TLS, reload, access log, metrics and kept tiles work")


if __name__ == "__main__":
    main()
