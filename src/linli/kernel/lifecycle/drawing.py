"""The diagram of a lifecycle, generated from its table."""

from linli.kernel.lifecycle.machine import Lifecycle, lifecycles


def mermaid(lifecycle: Lifecycle) -> str:
    """A Mermaid state diagram: states by their Chinese or English label, one arrow a source of a verb."""
    labels = {str(value): str(label) for value, label in lifecycle.states.choices}
    lines = ["stateDiagram-v2"]
    lines += [f"    {value}: {label}" for value, label in labels.items()]
    lines.append(f"    [*] --> {lifecycle.states.values[0]}")
    for transition in lifecycle.transitions.values():
        word = str(transition.title or transition.name)
        lines += [f"    {source} --> {transition.target}: {word}" for source in transition.sources]
    return "\n".join(lines)


def document() -> str:
    """All lifecycles as one Markdown text: ``linli docs lifecycles``."""
    parts = ["# Lifecycles", ""]
    for lifecycle in lifecycles():
        parts += [f"## {lifecycle.name} — {lifecycle.title}", "", "```mermaid", mermaid(lifecycle), "```", ""]
    return "\n".join(parts)
