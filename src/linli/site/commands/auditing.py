"""``linli audit anchor|verify|forward|pack``: the ends of the chains, the proof, a collector, a pack."""

from argparse import ArgumentParser, Namespace
from pathlib import Path


def arguments(parser: ArgumentParser) -> None:
    """The words of the command."""
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    anchor = verbs.add_parser("anchor", help="write the ends of the chains to their anchors, and print them")
    anchor.add_argument("folder", nargs="?", type=Path, help="add them to the anchors in this folder as well")
    verify = verbs.add_parser("verify", help="read every chain and tell what was changed")
    verify.add_argument("folder", nargs="?", type=Path, help="compare with the anchors in this folder as well")
    verbs.add_parser("forward", help="send what was not sent yet to the collector of LINLI_SYSLOG")
    _pack(verbs.add_parser("pack", help="write the workbook of an audit"))


def _pack(parser: ArgumentParser) -> None:
    about = parser.add_mutually_exclusive_group(required=True)
    about.add_argument("--project", help="number of a project, such as 清河里街道-2026-001")
    about.add_argument("--fund", help="name of a fund")
    about.add_argument("--year", type=int, help="every project of a year")
    parser.add_argument("--street", default="", help="only this street")
    parser.add_argument("--seed", default="1", help="seed of the sample (default: 1)")
    parser.add_argument("--sample", type=int, default=10, help="expenditures drawn (default: 10)")
    parser.add_argument("--out", default="审计资料", help="folder to write (default: 审计资料)")


def run(options: Namespace) -> int:
    """Anchor, verify, forward, or write the pack. Raises Refusal."""
    if options.verb == "pack":
        from linli.apps.projects.tables.audit import run as pack

        return pack(options)
    from linli.kernel.audit.proving import run as prove

    return prove(options)
