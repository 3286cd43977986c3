"""The ``linli`` command: finds what every folder offers, and answers trouble with one sentence."""

import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

from linli.kernel.contributions.commands import Command

HOUSE = Path(__file__).resolve().parents[1]


def homes() -> list[Path]:
    """All ``commands.py``: the site's own, the kernel's, the apps', the demo's."""
    files = [
        HOUSE / "site" / "commands" / "__init__.py",
        *sorted(HOUSE.glob("kernel/*/commands.py")),
        *sorted((*HOUSE.glob("apps/*/commands.py"), *HOUSE.glob("apps/*/commands/__init__.py"))),
        *sorted(HOUSE.glob("demo/commands.py")),
    ]
    return [file for file in files if file != HOUSE / "kernel" / "contributions" / "commands.py"]


def offered(home: Path) -> tuple[Command, ...]:
    """The commands of one file. Its package is not imported, so that Django stays away until it is needed."""
    spec = spec_from_file_location(f"{home.parent.name}_commands", home)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    commands: tuple[Command, ...] = module.COMMANDS
    return commands


def found() -> dict[str, Command]:
    """Every command by name. Raises ValueError where two folders offer the same name."""
    commands: dict[str, Command] = {}
    for home in homes():
        for command in offered(home):
            if command.name in commands:
                message = f"{home} offers {command.name!r}, which another folder offers already"
                raise ValueError(message)
            commands[command.name] = command
    return commands


def parser_of(commands: dict[str, Command]) -> ArgumentParser:
    """The parser of all words."""
    parser = ArgumentParser(prog="linli", description="Linli 邻里: the workbench of a district.")
    words = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name in sorted(commands):
        own = words.add_parser(name, help=commands[name].help, description=commands[name].help)
        commands[name].arguments(own)
    return parser


def stand_ready() -> None:
    """Start Django, and speak the language of the terminal (Chinese or English)."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.site.settings.base")
    import django
    from django.utils import translation

    django.setup()
    translation.activate(terminal_language())


def terminal_language() -> str:
    """``zh-hans`` where the terminal speaks Chinese, else ``en``."""
    said = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return "zh-hans" if said.lower().startswith("zh") else "en"


def _function(command: Command) -> Callable[[Namespace], int | None]:
    if not isinstance(command.run, str):
        return command.run
    module, _, name = command.run.partition(":")
    function: Callable[[Namespace], int | None] = getattr(import_module(module), name)
    return function


def _run(command: Command, options: Namespace) -> int | None:
    """The command itself; what it records says that it came from the command line."""
    if not (command.django(options) if callable(command.django) else command.django):
        return _function(command)(options)
    stand_ready()
    from linli.kernel.scope.sources import Door, Source, coming_through  # needs Django

    with coming_through(Source(Door.COMMAND, f"linli {options.command}")):
        return _function(command)(options)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; its exit code. Trouble a person can mend is one sentence on stderr and exit code 1."""
    commands = found()
    options = parser_of(commands).parse_args(arguments)
    command = commands[options.command]
    try:
        return _run(command, options) or 0
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        from linli.site.troubles import sentence_for

        sentence = sentence_for(error)
        if sentence is None:
            raise
        print(sentence, file=sys.stderr)  # noqa: T201  # a command speaks to its terminal
        return 1


if __name__ == "__main__":
    raise SystemExit(main())
