#!/usr/bin/python3
"""Imports over HTTP and people's decisions on locations, from outside: as a job with events, cancelled, undone,
taken up again after a kill."""
import json
import os
import pathlib
import tempfile
import time
import unittest
import urllib.error
import urllib.request

import program

HEADER = "incident_id,occurred_from,location_text\n"


def rows(first, count, text="the old barn"):
    return HEADER + "".join(f"{i},2025-03-01,{text}\n" for i in range(first, first + count))


def send(client, method, path, body=None, headers=None):
    """Status, headers and JSON of one request."""
    request = urllib.request.Request(client.base + path, method=method, data=body,
                                     headers={**program.bearer(client.key), **(headers or {})})
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, answer.headers, json.loads(answer.read())
    except urllib.error.HTTPError as error:
        return error.code, error.headers, json.loads(error.read())


def upload(client, text, query="name=rows.csv"):
    status, headers, job = send(client, "POST", "/imports?" + query, text.encode(), {"Content-Type": "text/csv"})
    assert status == 202, (status, job)
    assert headers["Location"] == "/imports/" + job["id"]
    return headers["Location"]


def events(client, path):
    """Names and data of the events until the service ends them."""
    _, headers, body = client.get(path + "/events")
    assert headers["Content-Type"].startswith("text/event-stream"), headers["Content-Type"]
    found = []
    for block in body.decode().split("\n\n"):
        lines = dict(line.split(": ", 1) for line in block.splitlines() if line and not line.startswith(":"))
        if lines:
            found.append((lines["event"], json.loads(lines["data"])))
    return found


def finished(client, path):
    """The import once it is over."""
    deadline = time.monotonic() + 60
    while True:
        view = client.json(path)
        if view["state"] not in ("queued", "running"):
            return view
        assert time.monotonic() < deadline, view
        time.sleep(0.05)


def records(client):
    return client.json("/collections/incidents/items?limit=1")["numberMatched"]


class Imports(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.data = self.folder.name

    def tearDown(self):
        self.folder.cleanup()

    def test_an_upload_becomes_a_job_that_tells_of_itself_and_is_undone_as_a_whole(self):
        with program.serve(self.data) as client:
            path = upload(client, rows(1, 50) + "51,no date,here\n")
            told = events(client, path)
            self.assertEqual(told[-1][0], "done")
            self.assertTrue(all(name == "progress" for name, _ in told[:-1]), told)
            view = client.json(path)
            self.assertEqual([view[n] for n in ("rows", "stored", "updated", "duplicate", "rejected")],
                             [51, 50, 0, 0, 1])
            self.assertEqual(told[-1][1]["stored"], 50)
            self.assertEqual(view["files"], ["rows.csv"])
            self.assertEqual(view["first_rejects"][0]["line"], 52)
            self.assertEqual(view["quality"]["records"], 50)
            self.assertEqual(records(client), 50)  # seen as soon as the job is done
            _, headers, csv = client.get(path + "/rejects.csv")
            self.assertIn("attachment", headers["Content-Disposition"])
            self.assertIn(b"rows.csv,52,occurred_from,no date,", csv)
            self.assertEqual(os.listdir(os.path.join(self.data, "uploads")), [])

            again = finished(client, upload(client, rows(1, 50)))
            self.assertEqual((again["duplicate"], again["stored"]), (50, 0))

            status, _, undone = send(client, "DELETE", path)
            self.assertEqual((status, undone["state"], undone["kept"], undone["removed"]), (200, "undone", 50, 0))
            status, _, undone = send(client, "DELETE", "/imports/" + again["id"])
            self.assertEqual((status, undone["removed"]), (200, 50))
            self.assertEqual(records(client), 0)
            self.assertEqual(send(client, "DELETE", path)[0], 409)
            self.assertEqual([i["state"] for i in client.json("/imports")["imports"]], ["undone", "undone"])

    def test_a_form_brings_file_and_mapping(self):
        mapping = {"source": "ambulance", "columns": {"incident_id": "CAD", "occurred_from": "When",
                                                      "location_text": "Where"}}
        mapping["name"] = "control-room"
        parts = [('name="file"; filename="../../calls.csv"', "CAD,When,Where\r\n7,2025-03-01,the old barn\r\n"),
                 ('name="mapping"; filename="m.json"', json.dumps(mapping))]
        body = "".join(f"--XyZ\r\nContent-Disposition: form-data; {about}\r\n\r\n{text}\r\n" for about, text in parts)
        with program.serve(self.data) as client:
            status, headers, job = send(client, "POST", "/imports", (body + "--XyZ--\r\n").encode(),
                                        {"Content-Type": "multipart/form-data; boundary=XyZ"})
            self.assertEqual(status, 202, job)
            view = finished(client, headers["Location"])
            self.assertEqual((view["state"], view["stored"], view["files"]), ("done", 1, ["calls.csv"]), view)
            item = client.json("/collections/incidents/items")["features"][0]
            self.assertEqual((item["properties"]["incident_id"], item["properties"]["source"]), ("7", "ambulance"))

    def test_what_cannot_be_imported_says_why_and_leaves_nothing(self):
        with program.serve(self.data) as client:
            view = finished(client, upload(client, "a,b\n1,2\n"))
            self.assertEqual(view["state"], "failed")
            self.assertIn("rows.csv: not the header of an incident file", view["error"])
            self.assertNotIn(self.data, view["error"])
            self.assertEqual(events(client, "/imports/" + view["id"])[-1][0], "failed")
            self.assertEqual(send(client, "DELETE", "/imports/" + view["id"])[0], 409)
            for path, body, kind, parameter in (
                    ("/imports?format=xls", b"x", "text/csv", "format"),
                    ("/imports?source=fire", b"x", "text/csv", "source"),
                    ("/imports?sort=1", b"x", "text/csv", "sort"),
                    ("/imports", b"", "text/csv", None),
                    ("/imports", b"--b\r\ncut", "multipart/form-data; boundary=b", None),
                    ("/imports", b'--b\r\nContent-Disposition: form-data; name="mapping"\r\n\r\n{"x":1}\r\n--b\r\n'
                                 b'Content-Disposition: form-data; name="file"; filename="f"\r\n\r\na\r\n--b--\r\n',
                     "multipart/form-data; boundary=b", "mapping")):
                status, _, problem = send(client, "POST", path, body, {"Content-Type": kind})
                self.assertEqual((status, problem.get("parameter")), (400, parameter), problem)
            self.assertEqual(send(client, "GET", "/imports/99")[0], 404)
            self.assertEqual(send(client, "POST", "/imports", b"x", {"Origin": "http://elsewhere.example"})[0], 403)
            self.assertEqual(records(client), 0)

    def test_a_job_that_waits_or_runs_can_be_cancelled_and_leaves_nothing(self):
        with program.serve(self.data) as client:
            big = rows(1, 200_000)
            paths = [upload(client, big), upload(client, rows(900_001, 5))]
            status, _, second = send(client, "DELETE", paths[1])
            self.assertEqual((status, second["state"]), (200, "cancelled"))
            status, _, first = send(client, "DELETE", paths[0])
            self.assertEqual(status, 200)
            self.assertIn(first["state"], ("cancelled", "undone"))  # undone where it was faster
            self.assertEqual(records(client), 0)
            self.assertEqual({client.json(path)["state"] for path in paths}, {"cancelled", first["state"]})

    def test_a_killed_service_goes_on_with_what_it_had_accepted(self):
        with self.assertRaises(AssertionError), program.serve(self.data) as client:
            paths = [upload(client, rows(1, 60_000)), upload(client, rows(60_001, 7))]
            client.process.kill()
            client.process.wait()
        with program.serve(self.data) as client:
            self.assertEqual([finished(client, path)["stored"] for path in paths], [60_000, 7])
            self.assertEqual(records(client), 60_007)
        with program.serve(self.data) as client:  # and does nothing twice
            self.assertEqual([i["state"] for i in client.json("/imports")["imports"]], ["done", "done"])
            self.assertEqual(records(client), 60_007)


class Review(unittest.TestCase):
    def test_a_decision_places_records_of_the_same_text_and_outlives_imports(self):
        with tempfile.TemporaryDirectory() as data:
            places = pathlib.Path(data, "streets.csv")
            places.write_text("name,longitude,latitude\nHigh Street,-1.13,52.63\nHigh Street,-0.73,52.67\n")
            program.run("reference", "streets", str(places), "--data", data)
            with program.serve(data) as client:
                finished(client, upload(client, HEADER + "1,2025-03-01,High Street\n2,2025-03-02,the old barn\n"
                                                         "3,2025-03-03,the OLD barn\n"))
                listed = client.json("/review")
                self.assertEqual(listed["by_reason"]["ambiguous"], 1)
                self.assertEqual(listed["by_reason"]["unmatched"], 2)
                by_name = {item["incident_id"]: item for item in listed["items"]}
                self.assertEqual(len(by_name["1"]["candidates"]), 2)

                one = f"/review/{by_name['1']['id']}"
                chosen = by_name["1"]["candidates"][1]
                status, _, decided = send(client, "PUT", one, b'{"candidate": 1, "note": "seen on camera"}')
                self.assertEqual((status, decided["status"], decided["rule"]), (200, "matched", "set_by_hand"))
                self.assertEqual(decided["easting"], chosen["easting"])
                self.assertEqual(decided["history"][0]["decided_by"], "tests")
                self.assertEqual(decided["history"][0]["answer_before"]["status"], "ambiguous")

                two = f"/review/{by_name['2']['id']}"
                point = b'{"point": {"longitude": -1.1, "latitude": 52.6}, "uncertainty_m": 40}'
                status, _, decided = send(client, "PUT", two, point)
                self.assertEqual((status, decided["also_changed"]), (200, 1))
                self.assertEqual(client.json("/review")["numberMatched"], 0)
                self.assertEqual(client.json("/geocode?q=The%20Old%20Barn")["rule"], "alias")

                finished(client, upload(client, HEADER + "1,2025-03-01T10:00,High Street\n4,2025-03-04,The old barn\n"))
                items = {f["properties"]["incident_id"]: f["properties"]
                         for f in client.json("/collections/incidents/items")["features"]}
                self.assertEqual(items["1"]["easting"], chosen["easting"])
                self.assertEqual((items["4"]["status"], items["4"]["uncertainty_m"]), ("matched", 40))

                for body, parameter in ((b"{}", "point"), (b'{"candidate": 7}', "candidate"),
                                        (b'{"candidate": 0, "automatic": true}', "automatic"),
                                        (b'{"point": {"longitude": 500, "latitude": 52}}', "point"),
                                        (b'{"point": {"easting": 1}}', "point"),
                                        (b'{"cannot_be_placed": true, "uncertainty": 5}', "uncertainty"),
                                        (b'{"candidate": 0, "uncertainty_m": 9000}', "uncertainty_m"),
                                        (b"nonsense", None)):
                    status, _, problem = send(client, "PUT", one, body)
                    self.assertEqual((status, problem.get("parameter")), (400, parameter), problem)
                self.assertEqual(send(client, "PUT", "/review/12345", b'{"automatic": true}')[0], 404)


if __name__ == "__main__":
    unittest.main(verbosity=2)
