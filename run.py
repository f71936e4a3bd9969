#!/usr/bin/env python3
"""The one command for people who try EWGLink or work on it: makes what is needed, then does what is asked.

Standard library only, and written so that Python 3.6 can read it: an old Python is told which one to install.
"""
import ctypes
import glob
import hashlib
import json
import os
import shutil
import subprocess
import sys

OLDEST, NEWEST = (3, 11), (3, 14)
ROOT = os.path.dirname(os.path.abspath(__file__))
VENV = os.path.join(ROOT, ".venv")
LOCK = os.path.join(ROOT, "requirements.lock")
STAMP = os.path.join(VENV, "ewglink-ready.json")
WHEELHOUSE = os.path.join(ROOT, "wheelhouse")
WINDOWS = sys.platform == "win32"
PYTHON = os.path.join(VENV, "Scripts", "python.exe") if WINDOWS else os.path.join(VENV, "bin", "python")

USAGE = """usage: {run} VERB

  demo [NAME] [options]      build a demo case and open it; with no display, write it to demo-out/
  test [--long] [options]    run the tests (options go to pytest); --long adds those that take minutes
  lint                       style, types and layers
  bench [WHAT] [--size N] [--json]
                             canvas, layout, import, analysis, matching, rules, store or case; all where none is named
  i18n                       collect what is to be translated, and say what is missing
""".format(run="py run.py" if WINDOWS else "python3 run.py")

# What Qt needs of a Linux system: the file that shows it is there, and the Debian package that brings it.
OFFSCREEN = (
    ("libEGL.so.1", "libegl1"),
    ("libGL.so.1", "libgl1"),
    ("libglib-2.0.so.0", "libglib2.0-0"),
    ("libdbus-1.so.3", "libdbus-1-3"),
    ("libfontconfig.so.1", "libfontconfig1"),
    ("libxkbcommon.so.0", "libxkbcommon0"),
    ("/usr/share/fonts", "fonts-dejavu-core"),
)
WINDOW = (
    ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
    ("libxcb-cursor.so.0", "libxcb-cursor0"),
    ("libxcb-icccm.so.4", "libxcb-icccm4"),
    ("libxcb-keysyms.so.1", "libxcb-keysyms1"),
    ("libxcb-shape.so.0", "libxcb-shape0"),
    ("libxcb-randr.so.0", "libxcb-randr0"),
    ("libxcb-xfixes.so.0", "libxcb-xfixes0"),
    ("libxcb-sync.so.1", "libxcb-sync1"),
    ("libxcb-xkb.so.1", "libxcb-xkb1"),
    ("libX11-xcb.so.1", "libx11-xcb1"),
)
VIRTUAL_SCREEN = (("Xvfb", "xvfb"), ("openbox", "openbox"), ("xdotool", "xdotool"))
LIBRARIES = {"offscreen": OFFSCREEN, "window": WINDOW, "journeys": WINDOW + VIRTUAL_SCREEN}


def stop(text):
    """End with a sentence on standard error and exit status 1."""
    sys.stderr.write("\n" + text.rstrip() + "\n")
    raise SystemExit(1)


def say(text):
    """A line of progress, on standard error, so that what a verb prints stays clean."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


# -- Python ------------------------------------------------------------------------------------------------------------

def check_python():
    """Go on with a Python that fits: this one, or another on the path; else name the one to install."""
    here = sys.version_info[:2]
    if OLDEST <= here <= NEWEST:
        return
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        other = shutil.which("python3.{}".format(minor))
        if other and subprocess.call([other, "-c", "pass"]) == 0:
            raise SystemExit(subprocess.call([other] + sys.argv))
    where = {
        "win32": "https://www.python.org/downloads/windows/ (then: py -3.13 run.py ...)",
        "darwin": "https://www.python.org/downloads/macos/ (then: python3.13 run.py ...)",
    }.get(sys.platform, "your distribution (Debian 12 and Ubuntu 24.04 have it) or https://www.python.org/downloads/")
    stop("EWGLink needs Python {}.{} to {}.{}; this is {}.{}.\n"
         "Install Python 3.13 (3.11, 3.12 and 3.14 will do) from {}.".format(*(OLDEST + NEWEST + here + (where,))))


# -- system libraries --------------------------------------------------------------------------------------------------

def _present(sign):
    if sign.startswith("/"):
        return any(files for _, _, files in os.walk(sign))
    if ".so" not in sign:
        return shutil.which(sign) is not None
    try:
        ctypes.CDLL(sign)
    except OSError:
        return False
    return True


def missing_libraries(kind):
    """Debian package names of what `kind` (offscreen, window or journeys) needs and this system lacks; Linux only."""
    if not sys.platform.startswith("linux"):
        return []
    wanted = OFFSCREEN if kind == "offscreen" else OFFSCREEN + LIBRARIES[kind]
    return [package for sign, package in wanted if not _present(sign)]


def _apt():
    return shutil.which("apt-get") if os.path.exists("/etc/debian_version") else None


def apt_install(packages):
    """Install Debian packages as root; False where that is not possible or did not work."""
    apt = _apt()
    if not packages or not apt or os.geteuid() != 0:
        return not packages
    say("Installing system packages: " + " ".join(packages))
    env = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    for words in (["update"], ["install", "-y", "--no-install-recommends"] + packages):
        process = subprocess.Popen([apt, "-qq"] + words, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                   stderr=subprocess.STDOUT)
        output = process.communicate()[0]
        if process.returncode != 0:
            say(output.decode("utf-8", "replace"))
    return process.returncode == 0


def how_to_install(packages):
    """The sentence that names exactly what to install."""
    if _apt():
        return "Install with:\n\n    sudo apt-get install " + " ".join(packages)
    return "Install what your distribution calls these (Debian's names):\n\n    " + " ".join(packages)


def check_libraries(kind, ready):
    """Install or name what Qt lacks on this system; remembers in `ready` that nothing is missing any more."""
    if kind in ready.setdefault("libraries", []):
        return
    missing = missing_libraries(kind)
    if missing and not (apt_install(missing) and not missing_libraries(kind)):
        text = "System libraries are missing. " + how_to_install(missing)
        if kind != "journeys" or missing_libraries("offscreen"):
            stop(text)
        say(text + "\n\nUntil then the tests that drive a real window are skipped.")
        return
    ready["libraries"].append(kind)
    _write_stamp(ready)


# -- the environment ---------------------------------------------------------------------------------------------------

def _fingerprint():
    digest = hashlib.sha256(repr(sys.version_info[:2]).encode() + ROOT.encode())
    for name in (LOCK, os.path.join(ROOT, "pyproject.toml")):
        with open(name, "rb") as stream:
            digest.update(stream.read())
    return digest.hexdigest()


def _read_stamp():
    try:
        with open(STAMP, encoding="utf-8") as stream:
            found = json.load(stream)
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _write_stamp(ready):
    if os.path.isdir(VENV):
        with open(STAMP, "w", encoding="utf-8") as stream:
            json.dump(ready, stream)


def _venv_fits():
    """Whether .venv has a Python that starts, of the version that runs this."""
    if not os.path.exists(PYTHON):
        return False
    ask = "import sys, pip; print('%d.%d' % sys.version_info[:2])"
    try:
        answer = subprocess.check_output([PYTHON, "-c", ask], stderr=subprocess.DEVNULL)
    except (OSError, subprocess.CalledProcessError):
        return False
    return answer.decode().strip() == "%d.%d" % sys.version_info[:2]


def _make_venv():
    try:
        import ensurepip  # noqa: F401  (Debian packs it apart from Python)
        import venv  # noqa: F401
    except ImportError:
        package = "python{}.{}-venv".format(*sys.version_info[:2])
        if not apt_install([package]):
            stop("Python's venv module is not installed. " + how_to_install([package]))
    say("Making .venv (Python {}.{})".format(*sys.version_info[:2]))
    if subprocess.call([sys.executable, "-m", "venv", "--clear", VENV]) != 0:
        stop("Python could not make a virtual environment in {}.".format(VENV))


def _pip(*arguments):
    command = [PYTHON, "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--quiet"]
    return subprocess.call(command + list(arguments), cwd=ROOT, stdout=sys.stderr) == 0


def make_environment():
    """A .venv with exactly what requirements.lock names; a tenth of a second where it stands already."""
    ready, fingerprint = _read_stamp(), _fingerprint()
    if ready.get("fingerprint") == fingerprint and os.path.exists(PYTHON):
        return ready
    if not _venv_fits():
        _make_venv()
    offline = ["--no-index", "--find-links", WHEELHOUSE] if os.path.isdir(WHEELHOUSE) else []
    origin = " from wheelhouse/" if offline else ""
    say("Installing what requirements.lock names{} (a minute or two, once)".format(origin))
    if not _pip("--require-hashes", "--only-binary", ":all:", "-r", LOCK, *offline):
        stop("The packages that EWGLink stands on could not be installed. Check the network connection, or put their "
             "wheels into\n{} and try again.".format(WHEELHOUSE))
    if not _pip("--no-deps", "--no-build-isolation", "--no-index", "--editable", "."):
        stop("EWGLink itself could not be installed into {}.".format(VENV))
    ready = {"fingerprint": fingerprint, "libraries": ready.get("libraries", [])}
    _write_stamp(ready)
    return ready


def compile_catalogues():
    """Compile the translations that are newer than their compiled form."""
    for source in glob.glob(os.path.join(ROOT, "i18n", "*.po")):
        compiled = source[:-3] + ".mo"
        if not os.path.exists(compiled) or os.path.getmtime(compiled) < os.path.getmtime(source):
            command = [PYTHON, os.path.join(ROOT, "packaging", "catalogues.py"), "compile"]
            subprocess.check_call(command, stdout=sys.stderr)
            return


def go(*command, **more):
    """Run the environment's Python and return its exit status."""
    env = dict(os.environ, PYTHONUTF8="1", **more.get("env", {}))
    try:
        return subprocess.call([PYTHON] + list(command), env=env, cwd=more.get("cwd"))
    except KeyboardInterrupt:
        return 130


# -- verbs -------------------------------------------------------------------------------------------------------------

def has_display():
    """Whether a window can be opened; only a Unix without a display server has none."""
    return WINDOWS or sys.platform == "darwin" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def demo(arguments, ready):
    """The demo case in a window, or in demo-out/ where there is no display."""
    headless = "--headless" in arguments or not has_display()
    check_libraries("offscreen" if headless else "window", ready)
    compile_catalogues()
    if not headless:
        return go("-m", "ewglink", "demo", *arguments)
    if "--headless" not in arguments:
        say("No display: the demo case is written to files. (On a desktop this command opens it in a window.)")
        arguments = arguments + ["--headless"]
    if not any(word == "--out" or word.startswith("--out=") for word in arguments):
        arguments = arguments + ["--out", "demo-out"]
    return go("-m", "ewglink", "demo", *arguments, env={"QT_QPA_PLATFORM": "offscreen"})


def test(arguments, ready):
    """The tests, by pytest; side by side where all of them run."""
    check_libraries("journeys", ready)
    compile_catalogues()
    chosen = [word for word in arguments if word != "--long"]
    workers = min(os.cpu_count() or 1, 6)
    if not chosen and workers > 1:
        arguments = arguments + ["-n", str(workers), "--dist", "loadfile"]
    return go("-m", "pytest", *arguments, cwd=ROOT, env={"QT_QPA_PLATFORM": "offscreen"})


def lint(arguments, ready):
    """Style, types and layers; every one of them, even after the first complaint."""
    tools = (["-m", "ruff", "check", "."], ["-m", "mypy"],
             ["-c", "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"])
    return max([abs(go(*tool, cwd=ROOT)) for tool in tools])


def bench(arguments, ready):
    """The benchmarks; figures hold within one run, beside its own calibration figure."""
    check_libraries("offscreen", ready)
    return go(os.path.join(ROOT, "tests", "benchmarks"), *arguments, env={"QT_QPA_PLATFORM": "offscreen"})


def i18n(arguments, ready):
    """The translation catalogues, brought up to date with the program."""
    return go(os.path.join(ROOT, "packaging", "catalogues.py"), *(arguments or ["update"]))


VERBS = {"demo": demo, "test": test, "lint": lint, "bench": bench, "i18n": i18n}


def main(arguments):
    """Do what the first word asks; its exit status."""
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        sys.stdout.write(USAGE)
        return 0 if arguments else 2
    if arguments[0] not in VERBS:
        sys.stderr.write("{!r} is not one of run.py's verbs.\n\n{}".format(arguments[0], USAGE))
        return 2
    check_python()
    return VERBS[arguments[0]](arguments[1:], make_environment())


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
