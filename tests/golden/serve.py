#!/usr/bin/env python3
"""`serve` as a user meets it: says where it serves, sees an import within a second, stops on SIGTERM.

Usage: serve.py PROGRAM INCIDENTS.CSV
"""
import atexit
import json
import pathlib
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request


def start(program, data, *more):
    command = [program, "serve", "--data", data, "--listen", "127.0.0.1:0", *more]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    atexit.register(process.kill)  # should the test fail; of no effect on one that has ended
    line = process.stdout.readline()
    if not line.startswith("serving on http://127.0.0.1:"):
        process.kill()
        raise AssertionError(f"{command}: {line!r} {process.communicate()}")
    return process, line.split()[-1]


def get(url, key=None):
    request = urllib.request.Request(url, headers={"Authorization": f"Bearer {key}"} if key else {})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


def make_key(program, folder):
    made = subprocess.run([program, "key", "create", "--role", "inspector", "--data", folder], check=True,
                          capture_output=True, text=True)
    return made.stdout.strip()


def stop(process):
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=30) == 0, process.returncode
    assert process.stderr.read().endswith("stopped\n")


def imports_are_seen(program, incidents, folder):
    key = make_key(program, folder)
    process, url = start(program, folder)
    assert get(url + "/health", key)["incidents"] == 0
    assert "incidents" not in get(url + "/health")
    done = subprocess.run([program, "import", incidents, "--data", folder], check=True,
                          capture_output=True, text=True)
    stored = json.loads(done.stdout.splitlines()[-1])["stored"]
    assert stored > 0
    deadline = time.monotonic() + 1
    while get(url + "/health", key)["incidents"] != stored:
        assert time.monotonic() < deadline, "not seen within a second"
        time.sleep(0.05)
    stop(process)


def demo_is_refused_beside_other_data(program, folder):
    done = subprocess.run([program, "serve", "--demo", "--data", folder], capture_output=True,
                          text=True, timeout=60)
    assert done.returncode == 2, done
    assert "holds data that is not the demo's" in done.stderr, done.stderr


def demo_is_made_once(program, folder):
    key = make_key(program, folder)
    process, url = start(program, folder, "--demo")
    health = get(url + "/health", key)
    assert health["demo"] is True and health["incidents"] > 10_000 and health["wards"] == 176, health
    assert get(url + "/collections/hotspots/items", key)["numberMatched"] > 0
    stop(process)
    process, url = start(program, folder, "--demo")
    assert get(url + "/health", key)["revision"] == health["revision"]
    second = subprocess.run([program, "serve", "--data", folder, "--listen", url[len("http://"):]],
                            capture_output=True, text=True, timeout=60)
    assert second.returncode == 1 and "is in use" in second.stderr, second
    stop(process)


def main():
    program = sys.argv[1]
    incidents = str(pathlib.Path(sys.argv[2]).resolve())
    with tempfile.TemporaryDirectory() as folder:
        imports_are_seen(program, incidents, folder)
        demo_is_refused_beside_other_data(program, folder)
    with tempfile.TemporaryDirectory() as folder:
        demo_is_made_once(program, folder)


if __name__ == "__main__":
    main()
