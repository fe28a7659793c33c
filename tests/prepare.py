"""Before the tests: find Chromium for the browser tests, or install it where we may. Says what it did."""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium() -> str | None:
    """Return the path of a Chromium on this machine (PIKET_CHROMIUM wins), or None."""
    named = os.environ.get("PIKET_CHROMIUM")
    return named or next((path for name in NAMES if (path := shutil.which(name))), None)


def main() -> None:
    """Install Chromium by apt when we are root and there is none; otherwise only say what follows."""
    if chromium():
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        sys.stdout.write("Installing Chromium for the browser tests ...\n")
        sys.stdout.flush()
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        subprocess.run(["apt-get", "update", "-q"], check=False, **quiet)
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        install = ["apt-get", "install", "-y", "-q", "--no-install-recommends", "chromium"]
        subprocess.run(install, check=False, env=environment, **quiet)
    if not chromium():
        sys.stdout.write(
            "There is no Chromium here: the browser tests will be skipped and the run INCOMPLETE.\n"
        )


if __name__ == "__main__":
    main()
