"""Runs the built program for the integration tests: commands, and the service on a free port."""
import contextlib
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("LLR_PROGRAM", str(ROOT / "build/release/llr-hotspots"))


def real_data(name):
    """The path of a file of real data; None after a note where it is absent, a failure with CI=true."""
    folder = pathlib.Path(os.environ.get("LLR_DATA", ROOT.parent / "shared" / "data"))
    path = folder / name
    if path.exists():
        return str(path)
    if os.environ.get("CI") == "true":
        sys.exit(f"real data is missing: {path}")
    return None


def run(*arguments, check=True, timeout=600):
    """Exit code, stdout and stderr of one command."""
    done = subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, timeout=timeout)
    if check and done.returncode != 0:
        raise AssertionError(f"{arguments} -> {done.returncode}\n{done.stdout}\n{done.stderr}")
    return done


def import_counts(done):
    return json.loads(done.stdout.strip().splitlines()[-1])


def create_key(data, role, *arguments):
    """A new key of the store in `data`; a service that runs knows it within a second."""
    return run("key", "create", "--role", role, "--data", data, *arguments).stdout.strip()


def bearer(key):
    return {"Authorization": f"Bearer {key}"}


class Client:
    def __init__(self, base, process, key):
        self.base = base
        self.process = process
        self.key = key

    def get(self, path, headers=None, key=None):
        """Status, headers and body; an error status is an answer, not an exception. With the client's own key
        where none is given; an empty one sends none."""
        key = self.key if key is None else key
        request = urllib.request.Request(self.base + path, headers={**(bearer(key) if key else {}), **(headers or {})})
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.headers, error.read()

    def json(self, path):
        status, _, body = self.get(path)
        assert status == 200, (path, status, body[:500])
        return json.loads(body)


def let_gdal_sign_in(client):
    """For GDAL in this process and in those that it starts."""
    os.environ["GDAL_HTTP_USERPWD"] = f"gis:{client.key}"


def let_qgis_sign_in(client):
    """The key as the password of a user, kept as QGIS keeps such; the id of what is kept, for `authcfg`. QGIS runs."""
    from qgis.core import QgsApplication, QgsAuthMethodConfig
    basic = QgsAuthMethodConfig("Basic")
    basic.setName("LLR Hotspots")
    basic.setConfigMap({"username": "gis", "password": client.key})
    manager = QgsApplication.authManager()
    assert manager.setMasterPassword("of the test alone", True)
    assert manager.storeAuthenticationConfig(basic)
    return basic.id()


@contextlib.contextmanager
def serve(data, *arguments, role="admin"):
    """The service on `data`, until the block ends; it must then stop by itself on SIGTERM. The client's key is of
    `role`, its name 'tests'."""
    key = create_key(data, role, "--name", "tests", "--purpose", "a test")
    with tempfile.NamedTemporaryFile() as log:
        def said():
            return pathlib.Path(log.name).read_text()

        process = subprocess.Popen(
            [PROGRAM, "serve", "--data", data, "--listen", "127.0.0.1:0", *arguments],
            stdout=log, stderr=subprocess.STDOUT)
        try:
            base = None
            deadline = time.monotonic() + 120
            while base is None:
                found = re.search(r"http://127\.0\.0\.1:\d+", said())
                base = found and found.group(0)
                if process.poll() is not None or time.monotonic() > deadline:
                    raise AssertionError("the service did not start:\n" + said())
                time.sleep(0.05)
            yield Client(base, process, key)
        finally:
            process.terminate()
            try:
                code = process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                process.kill()
                raise
        assert code == 0, f"the service ended with {code}:\n" + said()
