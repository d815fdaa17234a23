"""Concepts of the rubric's dimensions in a text, from the data file."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from importlib.resources import files

from ...models.vocabulary import Dimension

_CJK = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\u0900-\u097f]")


class Strength(IntEnum):
    """How much one form tells."""

    UNSURE = 1
    NAME = 2
    SAYS = 3


@dataclass(frozen=True, slots=True)
class Hit:
    """One concept found at ``text[start:end]``."""

    dimension: Dimension
    strength: Strength
    start: int
    end: int
    ml: bool


@cache
def _patterns() -> tuple[tuple[Dimension, bool, Strength, re.Pattern[str]], ...]:
    raw = files(__package__).joinpath("concepts.toml").read_text(encoding="utf-8")
    found = []
    for concept in tomllib.loads(raw)["concept"]:
        dimension, ml = Dimension(concept["dimension"]), bool(concept.get("ml"))
        for key, strength in (
            ("says", Strength.SAYS),
            ("names", Strength.NAME),
            ("unsure", Strength.UNSURE),
        ):
            pattern = _compile(concept[key])
            found.append((dimension, ml, strength, pattern))
    return tuple(found)


def _compile(forms: list[str]) -> re.Pattern[str]:
    """Word boundaries for alphabets; none for scripts that write without spaces."""
    spaced = [form for form in forms if not _CJK.search(form)]
    dense = [form for form in forms if _CJK.search(form)]
    choices = rf"(?<![\w-])(?:{'|'.join(spaced)})(?!\w)"
    if dense:
        choices += "|" + "|".join(dense)
    return re.compile(choices, re.I)


def find_concepts(text: str) -> list[Hit]:
    """All hits in ``text``, several dimensions may share words."""
    return [
        Hit(dimension, strength, match.start(), match.end(), ml)
        for dimension, ml, strength, pattern in _patterns()
        for match in pattern.finditer(text)
    ]


_ML_WORDS = re.compile(
    r"(?<!\w)(?:machine[- ]learning|deep[- ]learning|ml|mlops|ai|llms?|neural|model(?:s|ling|ing)?|inference|training (?:jobs?|runs?|data|pipelines?|sets?|clusters?)|"
    r"data scien\w+|features?|feature stores?|gpus?|pytorch|tensorflow|recommend\w+|classif\w+|predict\w+|forecast\w*|nlp|computer vision|embeddings?|re-?train\w*|"
    r"labell?ed|annotat\w+|quanti[sz]\w+|distill\w+|int8|fp16|ablation\w*|hyper-?param\w*|mlflow|kubeflow|sagemaker|vertex ai|triton|kserve|seldon|torchserve|vllm|drift|"
    r"\w*modell\w*|maschinelle\w* lern\w*|ki|modelos?|aprendizaje|modèles?|apprentissage|ia|aprendizado|modeli?|uczeni\w+|datenwissenschaft\w*)(?!\w)"
    r"|模型|机器学习|推理|训练|特征|機械学習|モデル|推論|学習|मॉडल|मशीन लर्निंग",
    re.I,
)


def concerns_ml(text: str) -> bool:
    """Whether a text speaks of a machine-learning system."""
    return _ML_WORDS.search(text) is not None
