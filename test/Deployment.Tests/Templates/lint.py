"""cfn-lint in one process, since most of its time is reading its schemas: a JSON list of {"template": path, "regions": […]} on stdin, a
list of the findings of each on stdout. Without jobs: the regions it knows."""

import json
import sys

from cfnlint.api import lint
from cfnlint.config import ManualArgs
from cfnlint.helpers import REGIONS

jobs = json.load(sys.stdin)


def findings(job):
    with open(job["template"], encoding="utf-8") as file:
        matches = lint(file.read(), config=ManualArgs(regions=job["regions"]))
    return sorted({f"{match.rule.id} {match.message}" for match in matches})


json.dump([findings(job) for job in jobs] if jobs else REGIONS, sys.stdout)
