"""What installs the package stays in step with what it needs."""

from __future__ import annotations

import itertools
import re
import tomllib

import pytest
import yaml

# Where conda-forge has another name for the same thing, or splits it.
CONDA = {
    "matplotlib": "matplotlib-base",
    "nbconvert": "nbconvert-core",
    "pandera": "pandera-pandas",
    "typst": "typst-py",
}

# What conda-forge does not have. The tests that need it are skipped there.
NOT_IN_CONDA = {"axe-playwright-python", "playwright"}


def name(requirement: str) -> str:
    return re.match(r"[\w.-]+", requirement)[0].lower()


@pytest.fixture(scope="module")
def needs(root) -> dict[str, list[str]]:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {"render": project["dependencies"], **project["optional-dependencies"]}


def pins(path) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for package, version in re.findall(
        r"^([\w.-]+)(?:\[[^\]]*\])?==([^ ;\\]+)", path.read_text(encoding="utf-8"), re.M
    ):
        found.setdefault(package.lower(), set()).add(version)
    return found


def test_no_pattern_needs_a_later_python(root):
    """A possessive group, as in `(?:a)*+`, matches wrongly before Python 3.11.5: numbers before a comma were lost."""
    possessive = re.compile(r"\)(?:[*+?]|\{[0-9,]*\})\+")
    modules = sorted((root / "analysis").rglob("*.py"))
    patterns = [(m.name, line) for m in modules for line in m.read_text(encoding="utf-8").splitlines() if "(?" in line]
    assert len(patterns) > 20
    assert [found for found in patterns if possessive.search(found[1])] == []


def test_environment_yml_says_the_same_as_pyproject(root, needs):
    environment = yaml.safe_load((root / "environment.yml").read_text(encoding="utf-8"))
    assert environment["name"] == "ascribe"
    assert environment["channels"] == ["conda-forge", "nodefaults"]
    # `make train` adds what the teacher of the English pipeline takes: gigabytes that nobody else needs
    groups = (group for extra, group in needs.items() if extra not in ("train", "docs"))
    wanted = {CONDA.get(name(r), name(r)) for group in groups for r in group} - NOT_IN_CONDA
    assert {name(d) for d in environment["dependencies"]} == wanted | {"python", "pip"}


def test_environment_yml_lets_in_what_was_tried_and_no_later_major_version(root):
    environment = yaml.safe_load((root / "environment.yml").read_text(encoding="utf-8"))
    locked = pins(root / "requirements" / "test.txt")
    names = {conda: pip for pip, conda in CONDA.items()}
    for needed in environment["dependencies"]:
        known = name(needed)
        if known in ("python", "pip"):
            continue
        bound = re.search(r"<([0-9.]+)$", needed)
        assert bound, f"{needed}: say below which version"
        for version in locked[names.get(known, known)]:
            tried, below = ([int(n) for n in re.findall(r"\d+", v)] for v in (version, bound[1]))
            assert tried < below <= [tried[0] + 1], (needed, version)


@pytest.mark.parametrize(
    ("lock", "groups"),
    [
        ("render", ("render", "build")),
        ("explore", ("render", "build", "lab")),
        ("test", ("render", "build", "lab", "dev")),
        ("docs", ("render", "build", "lab", "dev", "docs")),
        ("train", ("render", "build", "train")),
    ],
)
def test_the_lock_holds_what_is_asked_for(root, needs, lock, groups):
    locked = pins(root / "requirements" / f"{lock}.txt")
    assert {name(r) for g in groups for r in needs[g]} <= set(locked)


def test_the_locks_agree(root):
    nested = [pins(root / "requirements" / f"{lock}.txt") for lock in ("render", "explore", "test", "docs")]
    assert all(less.items() <= more.items() for less, more in itertools.pairwise(nested))
    three = nested[2]
    four = pins(root / "requirements" / "train.txt")
    assert {k: v for k, v in four.items() if k in three} == {k: v for k, v in three.items() if k in four}


def test_rendering_does_not_install_jupyterlab(root):
    assert "jupyterlab" not in pins(root / "requirements" / "render.txt")
