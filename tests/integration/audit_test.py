#!/usr/bin/python3
"""The audit trail of the built program: killed amid exports, damaged, on a full disk, read back; retention; secrets."""
import concurrent.futures
import csv
import hashlib
import http.client
import io
import json
import os
import pathlib
import re
import resource
import shutil
import signal
import sqlite3
import tempfile
import threading
import time
import unittest
import urllib.parse

import program

EXPORT = "/collections/hotspots/items?f=csv"
INCIDENTS = "/collections/incidents/items?limit=3"


def lines_of(data):
    files = sorted(pathlib.Path(data, "audit").glob("audit-*.jsonl"))
    return [line for file in files for line in file.read_text().splitlines()]


def entries_of(data):
    return [json.loads(line) for line in lines_of(data)]


def chain_is_whole(lines):
    """The chain as its description says, by Python's hashlib."""
    previous = "0" * 64
    for number, line in enumerate(lines, 1):
        content, told = re.fullmatch(r'(.*),"hash":"([0-9a-f]{64})"\}', line).groups()
        entry = json.loads(line)
        if (entry["seq"], entry["prev"], hashlib.sha256(content.encode()).hexdigest()) != (number, previous, told):
            return False
        previous = told
    return True


def verify(data, *arguments):
    done = program.run("audit", "verify", "--data", data, *arguments, check=False)
    report = json.loads(done.stdout)
    assert (done.returncode == 0) == report["ok"], done
    return report


class Exporter(threading.Thread):
    """Asks for exports over one connection until the service is gone; remembers those answered whole."""

    def __init__(self, client, count):
        super().__init__()
        self.address = client.base.removeprefix("http://")
        self.headers = program.bearer(client.key)
        self.count = count
        self.answered = []

    def run(self):
        connection = http.client.HTTPConnection(self.address, timeout=60)
        try:
            for _ in range(self.count):
                connection.request("GET", EXPORT, headers=self.headers)
                answer = connection.getresponse()
                answer.read()
                assert answer.status == 200, answer.status
                self.answered.append(answer.headers["X-Request-Id"])
        except (OSError, http.client.HTTPException):
            pass


class KilledAmidExports(unittest.TestCase):
    def test_every_answered_export_is_in_the_audit_and_the_chain_verifies(self):
        with tempfile.TemporaryDirectory() as data:
            exporters = []
            with self.assertRaises(AssertionError):  # the service does not end by itself
                with program.serve(data, "--demo") as client:
                    client.get(EXPORT)
                    exporters = [Exporter(client, 125) for _ in range(8)]
                    for exporter in exporters:
                        exporter.start()
                    while sum(len(exporter.answered) for exporter in exporters) < 600:
                        time.sleep(0.001)
                    os.kill(client.process.pid, signal.SIGKILL)
                    for exporter in exporters:
                        exporter.join()
            answered = {request for exporter in exporters for request in exporter.answered}
            self.assertGreaterEqual(len(answered), 600)
            self.assertLess(len(answered), 1000)
            noted = {entry.get("request") for entry in entries_of(data) if entry["action"] == "disclosure"}
            self.assertEqual(answered - noted, set())
            with program.serve(data):
                time.sleep(1)
            self.assertTrue(verify(data)["ok"])
            self.assertTrue(chain_is_whole(lines_of(data)))


class Trail(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.data = os.path.join(cls.folder.name, "data")
        cls.log = os.path.join(cls.folder.name, "access.log")
        cls.server = program.serve(cls.data, "--demo", "--access-log", cls.log)
        cls.client = cls.server.__enter__()
        cls.analyst = program.create_key(cls.data, "analyst", "--name", "ann", "--purpose", "weekly review")
        while cls.client.get("/health/live", key=cls.analyst)[0] != 200:
            time.sleep(0.02)

    @classmethod
    def tearDownClass(cls):
        cls.server.__exit__(None, None, None)
        cls.folder.cleanup()

    def noted(self, request):
        """The entries of a request, once there are any: reads may take a second."""
        for _ in range(150):
            found = [entry for entry in entries_of(self.data) if entry.get("request") == request]
            if found:
                return found
            time.sleep(0.01)
        return []

    def ask(self, path, method="GET", body=None, key=None, headers=None):
        connection = http.client.HTTPConnection(self.client.base.removeprefix("http://"), timeout=60)
        connection.request(method, path, body, {**program.bearer(self.analyst if key is None else key), **(headers or {})})
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer, body

    def test_who_read_what_why_and_from_where(self):
        answer, body = self.ask(INCIDENTS + "&datetime=2024-01/2024-12")
        self.assertEqual(answer.status, 200, body)
        entry, = self.noted(answer.headers["X-Request-Id"])
        told = {name: entry[name] for name in ("who", "role", "action", "what", "rows", "status", "address", "reason")}
        self.assertEqual(told, {"who": "ann", "role": "analyst", "action": "consultation",
                                "what": "GET /collections/{c}/items", "rows": json.loads(body)["numberReturned"],
                                "status": 200, "address": "127.0.0.1", "reason": "weekly review"})
        self.assertEqual(entry["parameters"], {"path": "/collections/incidents/items", "limit": "3",
                                              "datetime": "2024-01/2024-12"})

    def test_a_kept_tile_is_noted_each_time_it_is_read(self):
        path = "/tiles/incidents/10/508/335.mvt"
        for _ in range(2):
            answer, _ = self.ask(path)
            entry, = self.noted(answer.headers["X-Request-Id"])
            self.assertEqual((entry["action"], entry["parameters"]["path"]), ("consultation", path))
            self.assertIn("rows", entry)

    def test_a_file_is_noted_before_it_goes_out(self):
        for path in (EXPORT, "/density.tif", "/collections/wards/items?f=gpkg"):
            answer, _ = self.ask(path)
            self.assertEqual(answer.status, 200)
            noted = [entry for entry in entries_of(self.data) if entry.get("request") == answer.headers["X-Request-Id"]]
            self.assertEqual([entry["action"] for entry in noted], ["disclosure"], path)

    def test_what_is_not_of_single_records_is_not_noted(self):
        for path in ("/health", "/collections", "/collections/hotspots/items", "/collections/wards/items?limit=2"):
            answer, _ = self.ask(path)
            self.assertEqual(answer.status, 200)
        answer, _ = self.ask(INCIDENTS)
        self.assertTrue(self.noted(answer.headers["X-Request-Id"]))
        self.assertEqual({entry["what"] for entry in entries_of(self.data)} &
                         {"GET /health", "GET /collections"}, set())

    def test_a_change_is_noted_before_and_after(self):
        answer, body = self.ask("/imports?name=a.csv", "POST", "incident_id,occurred_from\na-1,2024-03-01\n")
        self.assertEqual(answer.status, 202, body)
        noted = self.noted(answer.headers["X-Request-Id"])
        self.assertEqual([(entry["action"], entry["phase"]) for entry in noted],
                         [("collection", "intent"), ("collection", "outcome")])
        self.assertEqual(noted[1]["status"], 202)

    def test_who_is_known_and_refused_is_noted(self):
        answer, _ = self.ask("/audit")
        self.assertEqual(answer.status, 403)
        entry, = self.noted(answer.headers["X-Request-Id"])
        self.assertEqual((entry["status"], entry["note"]), (403, "refused"))

    def test_commands_share_the_chain_with_the_service(self):
        out = os.path.join(self.folder.name, "hotspots.csv")
        with concurrent.futures.ThreadPoolExecutor() as pool:
            asked = [pool.submit(self.ask, EXPORT) for _ in range(20)]
            program.run("hotspots", "--data", self.data, "--out", out)
            for one in asked:
                self.assertEqual(one.result()[0].status, 200)
        self.assertTrue(any(entry["what"] == "hotspots" and entry["action"] == "disclosure"
                            for entry in entries_of(self.data)))
        self.assertTrue(chain_is_whole(lines_of(self.data)))

    def test_damage_is_found_and_named(self):
        self.ask(EXPORT)
        copy = os.path.join(self.folder.name, "damaged")
        shutil.copytree(os.path.join(self.data, "audit"), os.path.join(copy, "audit"))
        good = verify(copy)
        file = pathlib.Path(copy, "audit", "audit-000001.jsonl")
        lines = file.read_text().splitlines(keepends=True)[:good["entries"]]
        damages = {
            "edited": lines[:2] + [lines[2].replace('"time":"2', '"time":"1')] + lines[3:],
            "gap": lines[:2] + lines[3:],
            "reordered": lines[:1] + [lines[2], lines[1]] + lines[3:],
            "cut_off": lines[:-1],
        }
        for kind, damaged in damages.items():
            file.write_text("".join(damaged))
            report = verify(copy)
            fault = next(fault for fault in report["faults"] if fault["kind"] == kind)
            self.assertEqual(fault["file"], file.name)
            self.assertIn(fault["sequence"], (2, 3, 4, good["last_sequence"]), kind)
        file.unlink()
        self.assertEqual(verify(copy)["faults"][0]["kind"], "missing_file")
        end = f"{good['last_sequence']}:{good['last_hash']}"
        shutil.rmtree(copy)
        self.assertEqual(verify(copy, "--expect", end)["faults"][0]["kind"], "other_end")
        self.assertEqual(program.run("audit", "verify", "--data", copy, "--expect", "7", check=False).returncode, 2)

    def test_a_full_disk_stops_exports_changes_and_reads_of_records_and_not_health(self):
        def limit(bytes_):
            resource.prlimit(self.client.process.pid, resource.RLIMIT_FSIZE, (bytes_, resource.RLIM_INFINITY))

        def logged():
            return sum(file.stat().st_size for file in pathlib.Path(self.data, "audit").glob("audit-*.jsonl"))

        export = self.ask(EXPORT)[1]
        while logged() < 2 * len(export):  # so that the file of the export itself stays below the limit
            self.ask(EXPORT)
        limit(logged())
        try:
            for path, method in ((EXPORT, "GET"), (INCIDENTS, "GET"), ("/review/1", "PUT")):
                answer, body = self.ask(path, method, "{}" if method == "PUT" else None)
                self.assertEqual(answer.status, 503, (path, body))
                problem = json.loads(body)
                self.assertEqual(problem["title"], "The audit cannot be written")
                self.assertRegex(problem["detail"], "File too large|No space left")
                self.assertNotIn(self.data, problem["detail"])
            for path in ("/health", "/", "/collections/wards/items?limit=1"):
                self.assertEqual(self.ask(path)[0].status, 200, path)
        finally:
            limit(resource.RLIM_INFINITY)
        deadline = time.monotonic() + 5
        while self.ask(INCIDENTS)[0].status != 200:
            self.assertLess(time.monotonic(), deadline)
            time.sleep(0.1)
        self.assertEqual(self.ask(EXPORT)[0].status, 200)
        self.assertTrue(chain_is_whole(lines_of(self.data)))

    def test_administrators_read_it_page_by_page_and_as_a_file(self):
        self.ask(EXPORT)
        entries, path = [], "/audit?limit=7&action=disclosure"
        while path:
            page = self.client.json(path)
            self.assertLessEqual(page["numberReturned"], 7)
            entries += page["entries"]
            links = {link["rel"]: link["href"] for link in page["links"]}
            path = links.get("next", "").removeprefix(self.client.base)
            self.assertLess(len(entries), 5000)
            self.check_what_it_follows_from(page)
        sequences = [entry["seq"] for entry in entries]
        self.assertEqual(sequences, sorted(set(sequences), reverse=True))
        status, headers, body = self.client.get("/audit?action=disclosure&f=csv")
        self.assertEqual((status, headers["Content-Type"]), (200, "text/csv; charset=utf-8"))
        rows = list(csv.DictReader(io.StringIO(body.decode())))
        self.assertEqual([int(row["seq"]) for row in rows if int(row["seq"]) <= sequences[0]], sequences)
        status, headers, body = self.client.get("/audit?f=html&who=ann")
        self.assertEqual(status, 200)
        self.assertIn(b"<table>", body)
        self.assertNotIn(b"<script", body)
        self.assertEqual(self.client.json("/audit?datetime=2001-01")["numberReturned"], 0)
        for bad in ("?limit=x", "?datetime=soon", "?action=theft", "?f=xml", "?colour=red", "?f=csv&limit=2"):
            self.assertEqual(self.client.get("/audit" + bad)[0], 400, bad)

    def check_what_it_follows_from(self, page):
        """The manifest names the trail's newest entry of then: asked for with it, the page comes again."""
        manifest = page["manifest"]
        self.assertEqual(manifest["version"], self.client.json("/health")["version"])
        newest = self.client.json(f"/audit?limit=1&before={manifest['seq'] + 1}")["entries"][0]
        self.assertEqual((newest["hash"], newest["time"]), (manifest["hash"], page["timeStamp"]))
        asked = urllib.parse.parse_qs(manifest["parameters"])
        asked.setdefault("before", [str(manifest["seq"] + 1)])
        again = page
        end = time.monotonic() + 5
        while again["manifest"]["id"] == manifest["id"] and time.monotonic() < end:  # the next entry comes in a second
            again = self.client.json("/audit?" + urllib.parse.urlencode(asked, doseq=True))
            self.assertEqual(again["entries"], page["entries"])
        self.assertNotEqual(again["manifest"]["id"], manifest["id"])  # of a longer trail

    def test_no_secret_is_written_anywhere(self):
        secret = "s3cret-" + "Q" * 36
        self.ask(INCIDENTS + f"&api_key={secret}")
        self.ask(INCIDENTS, headers={"Authorization": f"Bearer {secret}", "Cookie": f"session={secret}"})
        self.ask(INCIDENTS, headers={"Cookie": f"__Host-session={secret}; session={secret}"})
        self.ask("/session", "POST", json.dumps({"name": "x", "password": secret}),
                 headers={"Content-Type": "application/json"})
        time.sleep(1.5)  # logs are gathered for a second
        files = [file for file in pathlib.Path(self.folder.name).rglob("*") if file.is_file()]
        self.assertIn(pathlib.Path(self.log), files)
        for needle in (secret, self.analyst, self.client.key):
            found = [str(file) for file in files if needle.encode() in file.read_bytes()]
            self.assertEqual(found, [])


class Retention(unittest.TestCase):
    TABLE = ("incident_id,occurred_from,location_text,offence\n"
             "old-1,2018-05-01T12:00:00,Needleworth Street 7,x\n"
             "old-2,2018-12-31,Needleworth Lane,x\n"
             "edge-1,2019-01-01T00:00:00,Keptworth Street,x\n"
             "edge-2,2018-12,Needleworth Square,x\n"
             "new-1,2024-05-01,Keptworth Road,x\n"
             "bad-1,Needleworth Bad,x,y\n")

    def bytes_of_store(self, data):
        return b"".join(file.read_bytes() for file in pathlib.Path(data).glob("store.gpkg*"))

    def test_purged_records_are_gone_from_every_byte_and_no_undo_brings_them_back(self):
        with tempfile.TemporaryDirectory() as data:
            table = os.path.join(data, "table.csv")
            pathlib.Path(table).write_text(self.TABLE)
            program.run("import", table, "--data", data, check=False)
            # A second import says of a record again what the first said, and of another something else.
            pathlib.Path(table).write_text(self.TABLE.replace("Needleworth Lane", "Needleworth Mews")
                                           .replace("new-1,2024-05-01", "new-1,2024-06-01"))
            program.run("import", table, "--data", data, check=False)
            os.unlink(table)
            self.assertIn(b"Needleworth", self.bytes_of_store(data))
            with program.serve(data) as client:
                copy = os.path.join(data, "copy.gpkg")
                made = json.loads(program.run("backup", copy, "--data", data).stdout)
                self.assertEqual(made["incidents"], 5)
                with sqlite3.connect(copy) as database:
                    self.assertEqual(database.execute("PRAGMA integrity_check").fetchone(), ("ok",))
                self.assertEqual(program.run("backup", copy, "--data", data, check=False).returncode, 2)
                done = program.run("purge", "--before", "2019-01-01", "--data", data)
                counts = json.loads(done.stdout)
                self.assertEqual((counts["incidents"], counts["kept"], counts["undated"]), (3, 2, 0), counts)
                self.assertEqual(counts["versions"], 1)
                self.assertNotIn(b"Needleworth St", self.bytes_of_store(data))
                time.sleep(1)
                answer = client.json("/collections/incidents/items")
                self.assertEqual({feature["properties"]["incident_id"] for feature in answer["features"]},
                                 {"edge-1", "new-1"})
                imports = client.json("/imports")["imports"]
                for one in imports:
                    status, _, body = self.delete(client, f"/imports/{one['id']}")
                    self.assertEqual(status, 200, body)
                time.sleep(1)
                self.assertEqual(client.json("/collections/incidents/items")["numberMatched"], 0)
            self.assertNotIn(b"Needleworth Lane", self.bytes_of_store(data))
            self.assertTrue(verify(data)["ok"])
            phases = [entry["phase"] for entry in entries_of(data) if entry["what"] == "purge"]
            self.assertEqual(phases, ["intent", "outcome"])

    def delete(self, client, path):
        connection = http.client.HTTPConnection(client.base.removeprefix("http://"), timeout=60)
        connection.request("DELETE", path, headers=program.bearer(client.key))
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()

    def test_what_is_no_day_purges_nothing(self):
        with tempfile.TemporaryDirectory() as data:
            for day in ("2019", "2019-13-01", "soon", "2019-01-01T00:00"):
                self.assertEqual(program.run("purge", "--before", day, "--data", data, check=False).returncode, 2)


if __name__ == "__main__":
    unittest.main(verbosity=2)
