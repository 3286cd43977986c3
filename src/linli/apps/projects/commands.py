"""``linli audit pack``: what an audit asks for of one project, one fund or one year."""

from argparse import ArgumentParser

from linli.kernel.contributions.commands import Command


def _audit(parser: ArgumentParser) -> None:
    parser.add_argument("verb", choices=("pack",), help="write the workbook of an audit")
    about = parser.add_mutually_exclusive_group(required=True)
    about.add_argument("--project", help="number of a project, such as 清河里街道-2026-001")
    about.add_argument("--fund", help="name of a fund")
    about.add_argument("--year", type=int, help="every project of a year")
    parser.add_argument("--street", default="", help="only this street")
    parser.add_argument("--seed", default="1", help="seed of the sample (default: 1)")
    parser.add_argument("--sample", type=int, default=10, help="expenditures drawn (default: 10)")
    parser.add_argument("--out", default="审计资料", help="folder to write (default: 审计资料)")


COMMANDS = (Command("audit", "Gather what an audit asks for", "linli.apps.projects.tables.audit:run", _audit),)
