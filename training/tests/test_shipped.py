"""The model that ships: its form, its checksum, its golden vectors."""

import copy
import hashlib
import json
from typing import Any

import numpy as np
import pytest
from conftest import GOLDEN, REPOSITORY, SCHEMA, SHIPPED
from jsonschema import Draft202012Validator, ValidationError

from efficientecg.card import card
from efficientecg.config import INPUT
from efficientecg.golden import decode, expected
from efficientecg.labels import CODES
from efficientecg.modelfile import MANTISSA_BITS, shortened
from efficientecg.reference import load
from efficientecg.waves import wave_settings


@pytest.fixture(scope="module")
def model() -> dict[str, Any]:
    return json.loads((SHIPPED / "model.json").read_text())


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    schema = json.loads(SCHEMA.read_text())
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def test_model_json_has_the_form(model: dict[str, Any], validator: Draft202012Validator) -> None:
    validator.validate(model)
    assert [label["code"] for label in model["labels"]] == list(CODES)
    assert model["input"] == INPUT | {"waves": wave_settings()}


def test_prevalence_has_every_label_and_band(model: dict[str, Any]) -> None:
    found = model["prevalence"]
    assert list(found["positives"]) == list(CODES)
    for counts in found["positives"].values():
        for sex, records in found["records"].items():
            assert len(records) == len(found["ageFromYears"])
            assert all(n <= of for n, of in zip(counts[sex], records, strict=True))


@pytest.mark.parametrize(
    "path_and_value",
    [
        (("formatVersion",), 2),
        (("featuresVersion",), 2),
        (("architecture", "stem", "kernel"), 4),
        (("input", "filter", "zeroPhase"), False),
        (("labels", 0, "threshold"), 1.5),
        (("labels", 0, "calibration", "slope"), -1),
        (("labels", 0, "requiredLeads"), ["V7"]),
        (("weights", "sha256", "weights.bin"), "abc"),
        (("surprise",), 1),
    ],
)
def test_schema_refuses(
    model: dict[str, Any], validator: Draft202012Validator, path_and_value: tuple[tuple[Any, ...], Any]
) -> None:
    path, value = path_and_value
    broken = copy.deepcopy(model)
    part = broken
    for key in path[:-1]:
        part = part[key]
    part[path[-1]] = value
    with pytest.raises(ValidationError):
        validator.validate(broken)


def test_weights_are_those_of_the_manifest(model: dict[str, Any]) -> None:
    blob = (SHIPPED / "weights.bin").read_bytes()
    assert hashlib.sha256(blob).hexdigest() == model["weights"]["sha256"]["weights.bin"]
    assert len(blob) == model["weights"]["bytes"]
    offset = 0
    for entry in model["weights"]["manifest"][0]["weights"]:
        assert entry["offset"] == offset
        offset += 2 * int(np.prod(entry["shape"]))
    assert offset == len(blob)
    assert model["training"]["parameters"] == len(blob) // 2


def test_weights_keep_as_many_bits_as_the_converter_gives_them() -> None:
    halves = np.fromfile(SHIPPED / "weights.bin", "<u2")
    assert not (halves & ((1 << (10 - MANTISSA_BITS)) - 1)).any()


def test_a_shortened_weight_is_the_nearest_one() -> None:
    values = np.random.default_rng(0).normal(0, 0.1, 10_000).astype(np.float32)
    for bits in (4, 7):
        short = shortened(values, bits).astype(np.float64)
        size = np.maximum(np.abs(values), 2.0**-14)  # below, float16 has fewer bits
        assert (np.abs(short - values) / size).max() < 2.0 ** -(bits + 1) + 2.0**-11
        assert not (shortened(values, bits).view("<u2") & ((1 << (10 - bits)) - 1)).any()
    assert (shortened(values) == values.astype("<f2")).all()


@pytest.mark.parametrize("name", sorted(path.name for path in GOLDEN.glob("*.json")) or ["none"])
def test_golden_vectors_reproduce(name: str) -> None:
    case = json.loads((GOLDEN / name).read_text())
    model, network = load(SHIPPED)
    stored, found = case["expected"], expected(case, model, network)
    assert stored["weightsSha256"] == model["weights"]["sha256"], "written with other weights: run golden.py"
    for lead, text in stored["filtered"].items():
        np.testing.assert_allclose(decode(found["filtered"][lead]), decode(text), atol=1e-6)
    np.testing.assert_allclose(decode(found["input"]), decode(stored["input"]), atol=1e-6)
    np.testing.assert_array_equal(decode(found["mask"]), decode(stored["mask"]))
    for stage in ("pooled", "logits"):
        np.testing.assert_allclose(decode(found[stage]), decode(stored[stage]), atol=2e-5)


def test_the_card_in_words_is_that_of_the_file(model: dict[str, Any]) -> None:
    """No figure of `docs/model-card.md` was changed by hand, none of `model.json` since it was written."""
    assert (REPOSITORY / "docs" / "model-card.md").read_text(encoding="utf-8") == card(model)
