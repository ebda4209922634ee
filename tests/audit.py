"""`make lint`: known holes in the locked dependencies as far as the index tells, and the bill of materials (SBOM)."""

import json
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot5
from packageurl import PackageURL

ROOT = Path(__file__).parents[1]
LOCK = ROOT / "requirements.lock"
_ENTRY = re.compile(r"^([a-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)([^\n]*(?:\n\s+[^\n]*)*)", re.MULTILINE)


def parts() -> Sequence[Component]:
    """Every locked package with its hashes."""
    return [
        Component(
            type=ComponentType.LIBRARY,
            name=name,
            version=version,
            bom_ref=f"{name}@{version}",
            purl=PackageURL("pypi", None, name, version),
            hashes=[HashType(alg=HashAlgorithm.SHA_256, content=each) for each in re.findall(r"sha256:(\w{64})", rest)],
        )
        for name, version, rest in _ENTRY.findall(LOCK.read_text(encoding="utf-8"))
    ]


def write_sbom(at: Path) -> int:
    known = parts()
    bom = Bom(components=known)
    whole = Component(type=ComponentType.APPLICATION, name="giaoban", bom_ref="giaoban")
    bom.metadata.component = whole
    bom.register_dependency(whole, known)
    at.write_text(JsonV1Dot5(bom).output_as_string(indent=1), encoding="utf-8")
    return len(known)


def judge(answer: str, error: str) -> tuple[int, str]:
    """What pip-audit's JSON means: 1 for a hole; what could not be looked at is said."""
    try:
        packages = json.loads(answer)["dependencies"]
    except (ValueError, KeyError):
        return (
            0,
            f"pip-audit: skipped, the index cannot be reached ({error.strip().splitlines()[-1:] or ['no answer']})",
        )
    holes = [f"{each['name']} {each['version']}: {hole['id']}" for each in packages for hole in each.get("vulns", [])]
    unseen = sum("skip_reason" in each for each in packages)
    if holes:
        return 1, "pip-audit: known holes\n" + "\n".join(holes)
    if unseen == len(packages):
        return 0, "pip-audit: skipped, the index tells nothing of known holes"
    return 0, f"pip-audit: no known hole in {len(packages) - unseen} packages, {unseen} not looked at"


def main() -> int:
    sys.stdout.write(f"sbom.json: {write_sbom(ROOT / 'sbom.json')} packages\n")
    ask = ["--requirement", str(LOCK), "--require-hashes", "--disable-pip", "--progress-spinner", "off"]
    command = [sys.executable, "-m", "pip_audit", *ask, "--timeout", "15", "--format", "json"]
    asked = subprocess.run(command, capture_output=True, text=True, check=False)
    code, said = judge(asked.stdout, asked.stderr)
    sys.stdout.write(said + "\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
