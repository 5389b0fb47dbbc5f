#!/usr/bin/python3
"""Bad files: a clear error each, exit code 1, and the store as it was. Killed imports: the store is the
revision before or the one after."""
import pathlib
import random
import shutil
import signal
import subprocess
import tempfile
import time
import unittest
import zipfile

import program

HEADER = "incident_id,occurred_from,longitude,latitude,offence_code,place_type\n"
ROW = "A{0},2025-03-{1:02d}T22:15,-1.13{0:03d},52.63,8N,public\n"


def good_file(path, first, count):
    path.write_text(HEADER + "".join(ROW.format(i, i % 28 + 1) for i in range(first, first + count)))
    return str(path)


class BadInput(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.path = pathlib.Path(self.folder.name)
        self.data = str(self.path / "data")
        program.run("import", good_file(self.path / "good.csv", 0, 10), "--data", self.data)

    def tearDown(self):
        self.folder.cleanup()

    def stored(self, data=None):
        with program.serve(data or self.data) as client:
            return (client.json("/collections/incidents/items?limit=1")["numberMatched"],
                    client.json("/health")["revision"])

    def refused(self, path, *words):
        before = self.stored()
        done = program.run("import", str(path), "--data", self.data, check=False)
        self.assertEqual(done.returncode, 1, done.stderr)
        for word in (path.name, *words):
            self.assertIn(word, done.stderr)
        self.assertEqual(self.stored(), before)

    def test_an_empty_file_is_refused(self):
        path = self.path / "empty.csv"
        path.write_bytes(b"")
        self.refused(path, "empty")

    def test_a_zip_that_unpacks_to_far_more_than_it_is_is_refused(self):
        path = self.path / "bomb.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            with archive.open("a.csv", "w") as member:
                for _ in range(100):
                    member.write(b"0" * (1 << 20))
        self.assertLess(path.stat().st_size, 200_000)
        self.refused(path, "unpacks to")

    def test_another_table_is_refused_with_the_columns_it_lacks(self):
        path = self.path / "other.csv"
        path.write_text("name,colour\nred,1\n")
        self.refused(path, "incident_id", "colour")

    def test_a_file_cut_in_the_middle_is_refused(self):
        path = self.path / "cut.csv"
        text = pathlib.Path(good_file(path, 100, 50)).read_text()
        path.write_text(text[:-25])
        self.refused(path, "truncated")

    def test_a_zip_that_is_none_is_refused(self):
        path = self.path / "archive.zip"
        path.write_bytes(b"this is not a zip file" * 100)
        self.refused(path, "zip")

    def test_latin_1_is_refused_with_line_and_advice(self):
        path = self.path / "latin1.csv"
        path.write_bytes((HEADER + "B1,2025-03-01,-1.1,52.6,8N,caf\u00e9\n").encode("latin-1"))
        self.refused(path, "UTF-8", "line 2")

    def test_a_line_of_100_mb_is_refused_without_holding_it(self):
        path = self.path / "long.csv"
        with open(path, "w") as file:
            file.write(HEADER + "B1,2025-03-01,")
            for _ in range(100):
                file.write("x" * 1_000_000)
        self.refused(path, "line 2")

    def test_a_file_that_is_not_there_is_named(self):
        self.refused(self.path / "missing.csv")

    def test_killed_imports_leave_the_revision_before_or_after(self):
        rows = 40_000
        path = self.path / "many.csv"
        path.write_text(HEADER + "".join(
            f"K{i},2025-03-{i % 28 + 1:02d},-1.13,52.63,8N,public\n" for i in range(rows)))
        chance = random.Random(20)
        before, revision = self.stored()
        started = time.monotonic()
        program.run("import", str(path), "--data", self.attempt("whole"))
        usual_s = time.monotonic() - started
        killed = 0
        for number in range(15):
            data = self.attempt(f"attempt{number}")
            process = subprocess.Popen([program.PROGRAM, "import", str(path), "--data", data],
                                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(usual_s * chance.uniform(0.1, 0.9))
            process.send_signal(signal.SIGKILL)
            killed += process.wait() == -signal.SIGKILL
            after, now = self.stored(data)
            self.assertEqual(after, before if now == revision else before + rows)
        self.assertGreaterEqual(killed, 5)
        program.run("import", str(path), "--data", data)
        self.assertEqual(self.stored(data)[0], before + rows)

    def attempt(self, name):
        """A copy of the store: each attempt starts from the same revision."""
        return shutil.copytree(self.data, str(self.path / name))


if __name__ == "__main__":
    unittest.main(verbosity=2)
