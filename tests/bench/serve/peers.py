"""The servers of tests/bench/serve: our program and Debian's nginx, each on a port of its own, with
an access log, and the processor time that its processes take."""
import contextlib
import os
import pathlib
import re
import socket
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[3]
PROGRAM = os.environ.get("LLR_PROGRAM", str(ROOT / "build/release/llr-hotspots"))
CORES = os.cpu_count()
TICKS_PER_S = os.sysconf("SC_CLK_TCK")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port, process, deadline_s=120):
    end = time.monotonic() + deadline_s
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
            return
        except OSError:
            if process.poll() is not None or time.monotonic() > end:
                sys.exit(f"{process.args[0]} does not listen on port {port}")
            time.sleep(0.05)


def processor_s(pid):
    """Of a process and its children that still run: seconds of user and system time."""
    pids = [pid]
    with contextlib.suppress(FileNotFoundError):
        for task in pathlib.Path(f"/proc/{pid}/task").iterdir():
            pids += [int(child) for child in (task / "children").read_text().split()]
    total = 0
    for each in pids:
        fields = pathlib.Path(f"/proc/{each}/stat").read_text().rsplit(") ", 1)[1].split()
        total += int(fields[11]) + int(fields[12])
    return total / TICKS_PER_S


class Server:
    def __init__(self, name, process, port, log, status_pattern, key=""):
        self.name, self.process, self.port, self.log = name, process, port, log
        self.key = key  # an inspector's, for ours
        self.status_pattern = re.compile(status_pattern)

    def processor_s(self):
        return processor_s(self.process.pid)

    def statuses(self, since):
        """How many of each status the log has after its first `since` bytes."""
        counts = {}
        with open(self.log, "rb") as log:
            log.seek(since)
            for found in self.status_pattern.finditer(log.read()):
                counts[int(found.group(1))] = counts.get(int(found.group(1)), 0) + 1
        return counts

    def logged_bytes(self):
        return os.path.getsize(self.log)


@contextlib.contextmanager
def stopped_at_end(process):
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextlib.contextmanager
def ours(data, certificate=None):
    port = free_port()
    log = f"{data}/access-{port}.log"
    tls = ["--tls-cert", certificate[0], "--tls-key", certificate[1]] if certificate else []
    key = subprocess.run([PROGRAM, "key", "create", "--role", "inspector", "--data", data], check=True,
                         capture_output=True, text=True).stdout.strip()
    with open(f"{data}/said-{port}.log", "wb") as said:
        process = subprocess.Popen(
            [PROGRAM, "serve", "--data", data, "--demo", "--listen", f"127.0.0.1:{port}",
             "--access-log", log, *tls], stdout=said, stderr=said)
    with stopped_at_end(process):
        wait_for(port, process)
        yield Server("ours", process, port, log, rb" status=(\d+) ", key)


NGINX = """
daemon off;
worker_processes {workers};
worker_rlimit_nofile 30000;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 12000; }}
http {{
    access_log {folder}/access.log;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    sendfile on;
    tcp_nopush on;
    keepalive_requests 1000000000;
    gzip on;
    gzip_static on;
    gzip_vary on;
    {cache}
    types {{ application/vnd.mapbox-vector-tile mvt; }}
    server {{
        listen 127.0.0.1:{port}{ssl};
        {certificate}
        root {root};
        {locations}
    }}
}}
"""


@contextlib.contextmanager
def nginx(root, certificate=None, open_file_cache=False, locations=""):
    """nginx with a process a core, serving the files below `root`, X.gz in place of X."""
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        conf = pathlib.Path(folder) / "nginx.conf"
        conf.write_text(NGINX.format(
            workers=CORES, folder=folder, port=port, root=root, locations=locations,
            ssl=" ssl" if certificate else "",
            cache="open_file_cache max=100000 inactive=10m; open_file_cache_valid 10m;"
            if open_file_cache else "",
            certificate=f"ssl_certificate {certificate[0]}; ssl_certificate_key {certificate[1]};"
                        "ssl_protocols TLSv1.2 TLSv1.3; ssl_session_tickets on;"
            if certificate else ""))
        os.chmod(folder, 0o755)
        process = subprocess.Popen(["/usr/sbin/nginx", "-c", str(conf), "-e", f"{folder}/error.log"])
        with stopped_at_end(process):
            wait_for(port, process)
            name = "nginx, open_file_cache" if open_file_cache else "nginx"
            yield Server(name, process, port, f"{folder}/access.log", rb'HTTP/1\.[01]" (\d+) ')


def make_certificate(folder):
    """A certificate for localhost, of the kind that most sites have, and its key."""
    paths = (f"{folder}/cert.pem", f"{folder}/key.pem")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
         "-nodes", "-days", "2", "-subj", "/CN=localhost", "-out", paths[0], "-keyout", paths[1]],
        check=True, capture_output=True)
    return paths
