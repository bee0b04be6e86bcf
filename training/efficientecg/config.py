"""What the network is and what it eats: the one place in Python that holds these numbers.

`convert.py` writes them to `model.json`, and everything else (the page's TypeScript, golden
vectors, evaluation of shipped weights) reads them from there.
"""

from typing import Any, Final

LEADS: Final = ("I", "II", "III", "aVR", "aVL", "aVF", "V1", "V2", "V3", "V4", "V5", "V6")
SEXES: Final = ("female", "male", "unknown")

INPUT: Final[dict[str, Any]] = {
    "samplingRateHz": 250,
    "lengths": [2.5, 5, 10, 30],
    "trainedLengthS": 10,
    "minSamplingRateHz": 100,
    "contextS": 5,
    "leads": list(LEADS),
    "filter": {
        "kind": "butterworth-bandpass",
        "order": 4,
        "lowHz": 0.5,
        "highHz": 40,
        "zeroPhase": True,
    },
    "normalisation": {
        "kind": "z-score-per-lead",
        "minStandardDeviation": 0.001,
        "maxMissingFraction": 0.5,
    },
    "resampler": {"kind": "kaiser-sinc", "halfWidth": 16, "beta": 8},
    "age": {"minYears": 18, "maxYears": 90, "scaleYears": 100},
    "missingLeads": "mask",
}


def stage(expand: int, filters: int, repeats: int, stride: int, kernel: int) -> dict[str, int]:
    """One row of the stage table, before width and depth multipliers."""
    return {
        "expand": expand,
        "filters": filters,
        "repeats": repeats,
        "stride": stride,
        "kernel": kernel,
    }


# EfficientNet-B0's seven stages (Tan & Le 2019, table 1) in one dimension. Strides come earlier
# and one more often than in B0: 10 s are 2,500 samples, and after the front end nothing lies above
# 40 Hz, so that 125 Hz after the stem and 63 Hz after the first stage lose little and save most.
ARCHITECTURE: Final[dict[str, Any]] = {
    "kind": "efficientnet-1d-cross-attention",
    "width": 0.5,
    "depth": 1,
    "divisor": 8,
    "stem": {"filters": 32, "kernel": 7, "stride": 2},
    "stages": [
        stage(1, 32, 1, 2, 5),
        stage(4, 32, 1, 2, 5),
        stage(6, 40, 2, 2, 5),
        stage(6, 80, 2, 2, 5),
        stage(6, 112, 2, 1, 5),
        stage(6, 192, 2, 2, 5),
        stage(6, 320, 1, 1, 3),
    ],
    "squeezeRatio": 0.25,
    "head": {"filters": 512},
    "pool": ["mean", "max"],
    "fusion": {"tokens": ["age", "sex"], "width": 64, "heads": 4, "ageHidden": 32},
}


def with_waves(architecture: dict[str, Any], waves: int, hidden: int = 32) -> dict[str, Any]:
    """The same network with `waves` R-peak and P-wave features as a third query token."""
    fusion = architecture["fusion"]
    token = {"tokens": [*fusion["tokens"], "waves"], "waves": waves, "wavesHidden": hidden}
    return architecture | {"fusion": fusion | token}


def with_code(architecture: dict[str, Any], code: int, hidden: int = 32) -> dict[str, Any]:
    """The same network with an autoencoder's `code` numbers of the aligned beats as a further query token."""
    fusion = architecture["fusion"]
    token = {"tokens": [*fusion["tokens"], "code"], "code": code, "codeHidden": hidden}
    return architecture | {"fusion": fusion | token}


def beside(architecture: dict[str, Any], *given: str) -> dict[str, Any]:
    """The same encoder without cross-attention: `given` (age, sex) stand beside the pooled features."""
    return architecture | {"fusion": {"beside": list(given)}}
