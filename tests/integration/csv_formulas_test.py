#!/usr/bin/python3
"""Every CSV that the program writes, made of texts that a spreadsheet would run as formulas: none comes out as one, and
numbers with a sign stay numbers. Which paths give CSV is read from the service's own OpenAPI description."""
import csv
import io
import os
import pathlib
import re
import tempfile
import time
import unittest

import program

csv.field_size_limit(1 << 30)  # an outline is one field
FORMULAS = ("=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "=HYPERLINK(\"http://x\")")
NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)\Z")
COLUMNS = ("incident_id", "occurred_from", "offence_code", "offence", "location_text", "easting", "northing")


def cells(body):
    return [cell for row in csv.reader(io.StringIO(body.decode(), newline="")) for cell in row]


class CsvFormulas(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.data = os.path.join(cls.folder.name, "data")
        table = os.path.join(cls.folder.name, "incidents.csv")
        with open(table, "w", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(COLUMNS)
            for number, text in enumerate(FORMULAS):
                rows.writerow([f"{text} {number}", "2025-05-01T12:00", text, text, text, 458600, 304400])
                rows.writerow([f"R{number}", text, "8N", "", "", "", ""])  # a time that is none: a reject
        cls.stack = program.serve(cls.data, "--demo")
        cls.client = cls.stack.__enter__()
        done = program.run("import", table, "--data", cls.data, check=False)
        assert done.returncode == 3, done
        cls.import_id = cls.newest_import()
        cls.evil_key = program.create_key(cls.data, "inspector", "--name", "=evil", "--purpose", "@SUM(A1)")
        time.sleep(1.2)
        assert cls.client.get("/collections/incidents/items?limit=1", key=cls.evil_key)[0] == 200

    @classmethod
    def tearDownClass(cls):
        cls.stack.__exit__(None, None, None)
        cls.folder.cleanup()

    @classmethod
    def newest_import(cls):
        for _ in range(100):
            imports = cls.client.json("/imports")["imports"]
            if imports and max(each["rejected"] or 0 for each in imports) == len(FORMULAS):
                return next(each["id"] for each in imports if each["rejected"] == len(FORMULAS))
            time.sleep(0.05)
        raise AssertionError(imports)

    def written(self):
        """The answer of every path that the description gives as CSV."""
        paths = self.client.json("/api")["paths"]
        giving = [path for path, operations in paths.items()
                  for answer in [operations.get("get", {}).get("responses", {}).get("200", {})]
                  if any(kind.startswith("text/csv") for kind in answer.get("content", {}))]
        known = {"/imports/{id}/rejects.csv": f"/imports/{self.import_id}/rejects.csv", "/audit": "/audit?f=csv"}
        for path in giving:
            if "/items" in path:
                for collection in self.client.json("/collections?f=json")["collections"]:
                    yield f"/collections/{collection['id']}/items?f=csv"
            else:
                self.assertIn(path, known, "a CSV that this test does not know")
                yield known[path]

    def check(self, body, name):
        found = cells(body)
        for cell in found:
            self.assertFalse(cell.startswith(tuple("=+-@\t\r")) and not NUMBER.match(cell), f"{name}: {cell!r}")
        return found

    def test_every_csv_of_the_service(self):
        asked = list(dict.fromkeys(self.written()))
        self.assertGreaterEqual(len(asked), 8, asked)  # six collections, rejects, the audit
        time.sleep(1)  # for what is noted to be written
        for path in asked:
            status, headers, body = self.client.get(path)
            self.assertEqual((status, headers.get_content_type()), (200, "text/csv"), path)
            found = self.check(body, path)
            self.assertIn("marking", found, path)
            self.assertTrue("manifest" in found or "describedby" in headers["Link"], path)
            hostile = {"incidents": FORMULAS, "rejects": FORMULAS, "audit": ("=evil", "@SUM(A1)")}
            for text in next((texts for word, texts in hostile.items() if f"/{word}" in path), ()):
                self.assertTrue(any(cell.startswith("'" + text.strip()) for cell in found), (path, text))

    def test_every_csv_of_the_command_line(self):
        table, out = (os.path.join(self.folder.name, name) for name in ("texts.csv", "out.csv"))
        with open(table, "w", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(["location_text", "=title", "number"])
            rows.writerows([text, text, "-1.5"] for text in FORMULAS)
        program.run("geocode", "--csv", table, "--out", out, "--data", self.data)
        found = self.check(pathlib.Path(out).read_bytes(), "geocode")
        self.assertEqual(found.count("-1.5"), len(FORMULAS))
        for text in (*FORMULAS, "=title"):
            self.assertIn("'" + text, found)
        program.run("hotspots", "--out", out, "--data", self.data)
        self.check(pathlib.Path(out).read_bytes(), "hotspots")


if __name__ == "__main__":
    unittest.main()
