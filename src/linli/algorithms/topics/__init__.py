"""Topics: what many short Chinese messages are about, however each puts it."""

from linli.algorithms.topics.grouping import Topic, topics_among
from linli.algorithms.topics.weighing import Message

__all__ = ["Message", "Topic", "topics_among"]
