#!/usr/bin/python3
"""API keys from outside: made while the service runs, known within a second, stored only as a digest."""
import base64
import hashlib
import pathlib
import re
import subprocess
import tempfile
import time
import unittest

import program

ROLES = ("public", "panel", "inspector", "analyst", "admin")
LIVE = "/collections/incidents/items?limit=1"  # for an inspector and above


class Keys(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.data = cls.folder.name
        cls.server = program.serve(cls.data)
        cls.client = cls.server.__enter__()

    @classmethod
    def tearDownClass(cls):
        cls.server.__exit__(None, None, None)
        cls.folder.cleanup()

    def create(self, role, *arguments):
        done = program.run("key", "create", "--role", role, "--data", self.data, *arguments)
        self.assertRegex(done.stdout, r"\A[A-Za-z0-9_-]{32,}\n\Z")
        self.assertNotIn(done.stdout.strip(), done.stderr)
        return done.stdout.strip()

    def status(self, headers, path=LIVE):
        return self.client.get(path, headers, key="")[0]

    def known(self, key):
        """Seconds until the service knows the key."""
        began = time.monotonic()
        while self.status(program.bearer(key), "/health/live") == 401:
            self.assertLess(time.monotonic() - began, 10)
            time.sleep(0.02)
        return time.monotonic() - began

    def test_a_key_is_known_within_a_second_and_opens_what_its_role_may(self):
        for role in ROLES:
            key = self.create(role, "--name", f"the {role}", "--purpose", "a test")
            self.assertLess(self.known(key), 1)
            expected = 200 if role in ("inspector", "analyst", "admin") else 403
            self.assertEqual(self.status(program.bearer(key)), expected, role)
            basic = base64.b64encode(f"any:user:{key}".encode()).decode()
            self.assertEqual(self.status({"Authorization": f"Basic {basic}"}), expected, role)
            self.assertEqual(self.status(program.bearer(key), "/collections"), 200)

    def test_a_key_changes_no_revision(self):
        before = self.client.json("/health")["revision"]
        self.known(self.create("panel"))
        self.assertEqual(self.client.json("/health")["revision"], before)

    def test_an_unknown_key_is_401_with_the_ways_to_identify(self):
        status, headers, body = self.client.get(LIVE, program.bearer("no-such-key"), key="")
        self.assertEqual(status, 401)
        self.assertEqual([way.split()[0] for way in headers.get_all("WWW-Authenticate")], ["Bearer", "Basic"])
        self.assertEqual(headers["Content-Type"], "application/problem+json")
        self.assertNotIn(b"no-such-key", body)

    def test_without_credentials_a_request_is_the_public_s_on_loopback_too(self):
        self.assertEqual(self.status({}), 401)
        self.assertEqual(self.status({}, "/collections"), 200)

    def test_curl_identifies_by_user_and_password(self):
        key = self.create("panel")
        self.known(key)
        done = subprocess.run(["curl", "-s", "-o", "/dev/null", "-w", "%{http_code}", "-u", f"gis:{key}",
                               self.client.base + LIVE], capture_output=True, text=True, check=True)
        self.assertEqual(done.stdout, "403")

    def test_the_store_holds_the_digest_alone(self):
        key = self.create("admin", "--name", "kept")
        files = [path.read_bytes() for path in pathlib.Path(self.data).rglob("*") if path.is_file()]
        self.assertFalse(any(key.encode() in content for content in files))
        digest = hashlib.sha256(key.encode()).hexdigest()
        self.assertTrue(any(digest.encode() in content for content in files))

    def test_wrong_usage_is_exit_code_2_and_makes_no_key(self):
        for arguments in (("create",), ("create", "--role", "emperor"), (), ("burn",),
                          ("create", "--role", "admin", "--name", "two\nlines"),
                          ("create", "--role", "admin", "--purpose", "x" * 201)):
            done = program.run("key", *arguments, check=False)
            self.assertEqual(done.returncode, 2, arguments)
            self.assertEqual(done.stdout, "")
            self.assertTrue(re.search(r"role|key|name|purpose|SUBCOMMAND|subcommand|burn", done.stderr), done.stderr)


if __name__ == "__main__":
    unittest.main(verbosity=2)
