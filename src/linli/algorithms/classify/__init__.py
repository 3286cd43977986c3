"""What a message is about: a linear model on words and runs of characters, learned in a job, used with NumPy alone."""

from linli.algorithms.classify.files import Damaged, dumped, loaded, told_of
from linli.algorithms.classify.learning import train
from linli.algorithms.classify.model import Answer, Facts, Model
from linli.algorithms.classify.report import PerLabel, Report

__all__ = ["Answer", "Damaged", "Facts", "Model", "PerLabel", "Report", "dumped", "loaded", "told_of", "train"]
