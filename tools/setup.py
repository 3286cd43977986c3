"""Sets the house up on a machine that has only Python and make, and runs what the Makefile asks for.

Standard library only; the syntax stays old enough for an old Python to reach the sentence that refuses it.
"""

import argparse
import hashlib
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
OLDEST = (3, 11)
NEWER_NAMES = ("python3.13", "python3.12", "python3.11")

SENTENCES = {
    "old": (
        "Linli needs Python 3.11 or newer; this is %s. Install it, or name it: make PYTHON=/path/to/python3.11 demo",
        "邻里需要 Python 3.11 或更新的版本，这里是 %s。请先安装，或指明路径：make PYTHON=/path/to/python3.11 demo",
    ),
    "no-venv": (
        "Python's venv module is missing. On Debian or Ubuntu: apt install python3-venv",
        "缺少 Python 的 venv 模块。Debian 或 Ubuntu 请运行：apt install python3-venv",
    ),
    "read-only": (
        "%s cannot be written. Move the folder to a place where this account may write.",
        "无法写入 %s。请把文件夹放到本账号可写的位置。",
    ),
    "port": (
        "Port %s is in use. Choose another one: PORT=%s make demo",
        "端口 %s 已被占用。请换一个：PORT=%s make demo",
    ),
    "bad-port": ("PORT must be a number between 1 and 65535.", "PORT 应为 1 至 65535 之间的数字。"),
    "packages": (
        "The packages could not be installed; pip's own words stand above. Check the network, then run it again.",
        "依赖包未能安装，原因见上方 pip 的输出。请检查网络后重试。",
    ),
    "disk": ("The disk is full. Make room, then run it again.", "磁盘已满。请腾出空间后重试。"),
}


class Stop(Exception):
    """Something outside stands in the way; the message is one sentence."""


def say(word, *facts):
    """The sentence for ``word``, in the language of the terminal."""
    spoken = next((os.environ[n] for n in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(n)), "")
    return SENTENCES[word][1 if spoken.lower().startswith("zh") else 0] % facts


def newer_python():
    """Start again under a newer Python of this machine; where there is none, stop."""
    if sys.version_info >= OLDEST:
        return
    for name in NEWER_NAMES:
        path = shutil.which(name)
        if path:
            os.execv(path, [path] + sys.argv)
    raise Stop(say("old", "%d.%d" % sys.version_info[:2]))


def check_folder(folder):
    """Try to write there."""
    probe = folder / (".linli-%d" % os.getpid())
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.write_bytes(b"")
        probe.unlink()
    except OSError:
        raise Stop(say("read-only", folder)) from None


def check_port(text):
    """A port nobody listens on, before minutes are spent on packages."""
    if not (text.isdigit() and 0 < int(text) < 65536):
        raise Stop(say("bad-port"))
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(text)))
        except OSError:
            raise Stop(say("port", text, int(text) + 1)) from None


def python_of(venv):
    """The interpreter inside a virtual environment."""
    return venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def works(venv):
    """Whether the environment's interpreter runs and has pip."""
    try:
        words = [str(python_of(venv)), "-c", "import pip"]
        return subprocess.run(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0
    except OSError:
        return False


def make_venv(venv):
    """Make the environment, or mend a half-made one."""
    if works(venv):
        return
    if python_of(venv).exists():
        words = [str(python_of(venv)), "-m", "ensurepip", "--upgrade"]
        subprocess.run(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        if works(venv):
            return
    try:
        import ensurepip  # noqa: F401  # Debian leaves it out
        import venv as module
    except ImportError:
        raise Stop(say("no-venv")) from None
    try:
        module.EnvBuilder(with_pip=True, clear=True).create(str(venv))
    except subprocess.CalledProcessError:
        raise Stop(say("no-venv")) from None


def stamp_of(lock):
    """What must be unchanged for the installed packages to be the locked ones."""
    return hashlib.sha256(lock.read_bytes() + sys.version.encode()).hexdigest()


def install(kind):
    """Bring ``.venv`` to ``requirements/<kind>.lock``; quick where nothing changed. Returns its Python."""
    check_folder(ROOT)
    make_venv(VENV)
    python = python_of(VENV)
    lock = ROOT / "requirements" / (kind + ".lock")
    stamp = VENV / (".linli-" + kind)
    wanted = stamp_of(lock)
    if not stamp.exists() or stamp.read_text() != wanted:
        print("pip install -r requirements/%s.lock" % kind, flush=True)
        words = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
        words += ["--no-deps", "--no-compile", "--prefer-binary", "--root-user-action=ignore", "-r", str(lock)]
        if subprocess.run([str(python)] + words).returncode:
            raise Stop(say("packages"))
        stamp.write_text(wanted)
    link_sources(python)
    return python


def link_sources(python):
    """Let the environment find the code in ``src`` and offer ``linli``, without a build."""
    words = [str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    site = Path(subprocess.run(words, stdout=subprocess.PIPE, check=True).stdout.decode().strip())
    (site / "linli-sources.pth").write_text(str(ROOT / "src") + "\n")
    script = python.parent / "linli"
    if os.name != "nt" and not script.exists():
        script.write_text("#!%s\nfrom linli.site.cli import main\n\nraise SystemExit(main())\n" % python)
        script.chmod(0o755)


def environment(**extra):
    """The environment of what we start: our code first on the path; bytecode is kept, or each process compiles anew."""
    paths = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    kept = {name: text for name, text in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return dict(kept, PYTHONPATH=paths, **extra)


def demo():
    """``make demo``: everything a site needs, then the site itself, in this very process."""
    port = os.environ.get("PORT") or "8000"
    check_port(port)
    check_folder(Path(os.environ.get("LINLI_HOME") or ROOT / "var"))
    python = install("run")
    words = [str(python), "-m", "linli.site.cli", "up", "--demo", "--port", port]
    words += [flag for name, flag in (("LAN", "--lan"), ("TLS", "--tls")) if os.environ.get(name)]
    os.chdir(str(ROOT))
    sys.stdout.flush()
    os.execve(words[0], words, environment(LINLI_HOME=os.environ.get("LINLI_HOME") or str(ROOT / "var")))


def steps(named, *, whole=False):
    """Run all steps in order; the first failing exit code, and times. ``whole``: print a step's words when it ends."""
    failed, took = 0, []
    kept = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT} if whole else {}
    own = environment(DJANGO_SETTINGS_MODULE="linli.site.settings.test")
    for name, words in named:
        start = time.monotonic()
        if not whole:
            print("== %s" % name, flush=True)
        run = subprocess.run([str(word) for word in words], cwd=str(ROOT), env=own, **kept)
        if whole:
            sys.stdout.buffer.write(b"\n== " + name.encode() + b"\n" + run.stdout)
            sys.stdout.flush()
        took.append("%s %.0f s%s" % (name, time.monotonic() - start, " (failed)" if run.returncode else ""))
        failed = failed or run.returncode
    return failed, ", ".join(took)


def side_by_side(some, others):
    """Run ``others`` while ``some`` run, which use one core only; the exit code and the times of both."""
    found = []
    beside = threading.Thread(target=lambda: found.append(steps(some, whole=True)))
    beside.start()
    code, took = steps(others)
    beside.join()
    return found[0][0] or code, found[0][1] + ", " + took


def static_steps(python):
    """Lint, format, types, contracts."""
    tool = python.parent
    return [
        ("ruff check", [tool / "ruff", "check", "--quiet"]),
        ("ruff format", [tool / "ruff", "format", "--check", "--quiet"]),
        ("mypy", [python, "-m", "mypy"]),
        ("import contracts", [tool / "lint-imports"]),
    ]


def check():
    """``make check``: two minutes of the whole."""
    python = install("dev")
    quick = "not browser and not race and not slow and not peer and not pages and not rows"
    unit = [python, "-m", "tests.support.reading", "-q", "-n", "2", "--dist", "worksteal", "-m", quick]
    code, took = side_by_side(static_steps(python), [("tests", unit)])
    print(took)
    return code


def test():
    """``make test``: everything but peers, bench and load, on both databases; pytest closes."""
    python = install("dev")
    subprocess.run([str(python), "-m", "tests.support.chromium"], cwd=str(ROOT), env=environment())
    cores = os.cpu_count() or 1
    # neighbours stay together, so that what a module builds is built once or twice, not by every process
    pytest = [python, "-m", "tests.support.reading", "-q", "--durations=10", "--dist", "worksteal", "-n"]
    # twice as many as cores on SQLite, where the browsers and servers run that half of the tests wait for
    on_sqlite = [*pytest, str(2 * cores), "-m", "not peer"]
    on_postgres = [python, "-m", "tests.support.postgres", *pytest, str(cores)]
    on_postgres += ["-m", "not peer and not browser and not sqlite_only"]
    code, took = side_by_side(static_steps(python), [("tests on SQLite", on_sqlite)])
    print(took, flush=True)
    later = steps([("tests on PostgreSQL", on_postgres)])[0]
    return code or later


def peers():
    """``make peers``: the comparisons with large outside oracles."""
    python = install("dev")
    return steps([("peers", [python, "-m", "pytest", "-q", "-m", "peer"])])[0]


def tool(module):
    """A target that is one module of ours, run with every package at hand."""

    def run():
        python = install("dev")
        rest = [word for word in os.environ.get("ARGS", "").split() if word]
        return subprocess.run([str(python), "-m"] + module.split() + rest, cwd=str(ROOT), env=environment()).returncode

    return run


TARGETS = {
    "demo": demo,
    "check": check,
    "test": test,
    "peers": peers,
    "look": tool("tests.support.look"),
    "bench": tool("linli.site.cli bench"),
    "load": tool("tests.load"),
    "messages": tool("linli.site.cli messages update"),
    "vendor": tool("tools.vendor"),
    **{name: tool("tools." + name) for name in ("wheel", "bundle", "lock")},
}


def main():
    """Run one target; its exit code. Trouble is one sentence."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", choices=sorted(TARGETS))
    target = parser.parse_args().target
    try:
        newer_python()
        return TARGETS[target]() or 0
    except Stop as stop:
        print(stop, file=sys.stderr)
        return 1
    except OSError as error:
        if error.errno == 28:
            print(say("disk"), file=sys.stderr)
            return 1
        raise
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
