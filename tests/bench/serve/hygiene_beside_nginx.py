"""The requests of tests/integration/http_cases.py, put to nginx (Debian's) and to our program: what
nginx refuses we refuse, and nowhere do we answer more requests than nginx sees."""
import pathlib
import sys
import tempfile

import peers

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "integration"))
import http_cases  # noqa: E402  (found beside the integration tests)


def refuses(found):
    """Closed without a word, or with an error; 100 alone is an invitation."""
    return not found or found[-1] >= 400


def main():
    laxer = []
    location = "location / { return 200 ok; }"
    with tempfile.TemporaryDirectory() as data, peers.ours(data) as ours, \
            peers.nginx(data, locations=location) as nginx:
        print(f"{'':44} {'nginx':>16} {'ours':>16}")
        for name in http_cases.CASES:
            theirs, _ = http_cases.ask(nginx.port, name)
            own, _ = http_cases.ask(ours.port, name)
            worse = (refuses(theirs) and not refuses(own)) or \
                len([s for s in own if s < 400]) > len([s for s in theirs if s < 400])
            note = "  LAXER" if worse else "  stricter" if refuses(own) and not refuses(theirs) else ""
            print(f"{name:44} {str(theirs or 'closed'):>16} {str(own or 'closed'):>16}{note}")
            if worse and name not in http_cases.REQUIRED_OF_US:
                laxer.append(name)
            if not own:
                laxer.append(name + " (closed without a word)")
    if laxer:
        sys.exit("laxer than nginx: " + ", ".join(laxer))


if __name__ == "__main__":
    main()
