"""The network on a tiny scale: shapes, folding, a training that learns and resumes, conversion."""

from pathlib import Path

import numpy as np
import pytest
import torch
from conftest import TINY, beats

from efficientecg.augment import Batch, add_noise, augment, crop, random_leads
from efficientecg.config import ARCHITECTURE
from efficientecg.convert import multiply_accumulates, write_model
from efficientecg.experiments import Recipe
from efficientecg.fold import fold, round_to_float16
from efficientecg.labels import CODES
from efficientecg.model import EfficientECG, block_specs, round_filters
from efficientecg.modelfile import MANTISSA_BITS, shortened
from efficientecg.networks import build
from efficientecg.reference import ShippedNetwork, load
from efficientecg.trainer import Trainer, predict
from efficientecg.waves import COUNT

CPU = torch.device("cpu")


def toy(records: int = 48) -> Batch:
    """Slow and fast hearts; the rate is the label (STACH), and HYP is male by decree."""
    fast = np.arange(records) % 2
    ecg = np.stack([beats(250, 50 + 80 * f, i).T for i, f in enumerate(fast)])
    ecg = (ecg - ecg.mean(-1, keepdims=True)) / ecg.std(-1, keepdims=True)
    y = torch.zeros(records, len(CODES))
    y[:, CODES.index("STACH")] = torch.from_numpy(fast).float()
    sex = torch.eye(3)[torch.arange(records) // 2 % 2]
    y[:, CODES.index("HYP")] = sex[:, 1]
    age = torch.tensor([[0.6, 1.0]]).repeat(records, 1)
    return Batch(torch.from_numpy(ecg).float(), torch.ones(records, 12), age, sex, y, no_waves(records))


def no_waves(records: int) -> torch.Tensor:
    return torch.zeros(records, 2 * COUNT)


def tiny() -> EfficientECG:
    torch.manual_seed(0)
    return EfficientECG(TINY, 12, len(CODES))


@pytest.fixture(scope="module")
def trained() -> tuple[Trainer, list[float]]:
    """Twelve epochs of six steps."""
    trainer = Trainer(tiny(), Recipe(epochs=12, batch=8, rate=5e-3), 48, CPU)
    batch = toy()
    return trainer, [trainer.run_epoch(batch) for _ in range(12)]


@pytest.mark.parametrize(("filters", "rounded"), [(16, 8), (24, 16), (40, 24), (112, 56), (320, 160), (3, 8)])
def test_round_filters(filters: int, rounded: int) -> None:
    assert round_filters(filters, 0.5, 8) == rounded


def test_stochastic_depth_grows_to_what_the_recipe_says() -> None:
    for odds in (0.1, 0.0):
        drops = [block.drop for block in build(TINY, 5, odds).blocks]
        assert (drops[0], drops[-1]) == (0.0, pytest.approx(odds)) and drops == sorted(drops)


def test_depth_rounds_up_and_only_the_first_block_strides() -> None:
    specs = block_specs(TINY)
    assert [(s.inputs, s.outputs, s.stride) for s in specs] == [
        (8, 8, 2), (8, 8, 1), (8, 16, 2), (16, 16, 1), (16, 16, 1), (16, 24, 1), (24, 24, 1)
    ]  # fmt: skip
    assert [s.residual for s in specs] == [False, True, False, True, True, False, True]


@pytest.mark.parametrize("samples", [625, 1250, 2500, 7500])
def test_every_allowed_length_runs(samples: int) -> None:
    network = tiny().eval()
    logits = network(
        torch.randn(2, 12, samples), torch.ones(2, 12), torch.zeros(2, 2), torch.eye(3)[:2], no_waves(2)
    )
    assert logits.shape == (2, len(CODES))


def test_loss_falls_and_both_branches_learn(trained: tuple[Trainer, list[float]]) -> None:
    trainer, losses = trained
    assert losses[-1] < 0.35 * losses[0]
    batch = toy()
    logits = predict(trainer.average, batch, CPU)
    for code in ("STACH", "HYP"):
        column = CODES.index(code)
        y = batch.y[:, column].numpy() > 0.5
        assert logits[y, column].min() > logits[~y, column].max(), code


def test_resuming_is_as_if_never_stopped() -> None:
    """Two epochs equal one, a checkpoint, and another one, to the bit."""
    recipe, batch = Recipe(epochs=3, batch=8), toy(16)
    whole = Trainer(tiny(), recipe, 16, CPU)
    for _ in range(2):
        whole.run_epoch(batch)
    first = Trainer(tiny(), recipe, 16, CPU)
    first.run_epoch(batch)
    second = Trainer(tiny(), recipe, 16, CPU)
    second.restore(first.state())
    second.run_epoch(batch)
    for name, value in whole.average.state_dict().items():
        torch.testing.assert_close(second.average.state_dict()[name], value, rtol=0, atol=0)


def random_view(samples: int) -> tuple[torch.Tensor, ...]:
    generator = torch.Generator().manual_seed(3)
    mask = (torch.rand(4, 12, generator=generator) > 0.4).float()
    ecg = torch.randn(4, 12, samples, generator=generator) * mask[:, :, None]
    age = torch.tensor([[0.6, 1.0], [0.0, 0.0], [0.9, 1.0], [0.2, 1.0]])
    return ecg, mask, age, torch.eye(3)[[0, 1, 2, 0]]


@pytest.mark.parametrize("samples", [625, 2500])
def test_folded_weights_give_the_trained_networks_logits(
    trained: tuple[Trainer, list[float]], samples: int
) -> None:
    network = trained[0].average
    assert isinstance(network, EfficientECG)
    ecg, mask, age, sex = random_view(samples)
    waves = no_waves(4)
    with torch.no_grad():
        expected = network(ecg, mask, age, sex, waves)
    weights = fold(network)
    exact = ShippedNetwork(TINY, weights).forward(ecg.mT, mask, age, sex, waves)
    half = ShippedNetwork(TINY, round_to_float16(weights)).forward(ecg.mT, mask, age, sex, waves)
    torch.testing.assert_close(exact.logits, expected, rtol=1e-4, atol=1e-4)
    torch.testing.assert_close(half.logits.sigmoid(), expected.sigmoid(), rtol=0, atol=5e-3)
    assert not torch.equal(half.logits, exact.logits)


def test_conversion_round_trip(trained: tuple[Trainer, list[float]], tmp_path: Path) -> None:
    network = trained[0].average
    assert isinstance(network, EfficientECG)
    about = {"date": "2026-01-01", "command": "test", "seed": 0, "epochs": 12, "data": []}
    write_model(network, tmp_path, "0.0.1-test", {}, about)
    model, shipped = load(tmp_path)
    expected = {name: shortened(values, MANTISSA_BITS) for name, values in fold(network).items()}
    assert list(shipped.w) == list(expected)
    for name, values in expected.items():
        np.testing.assert_array_equal(shipped.w[name].numpy(), values)
    assert model["training"]["parameters"] == sum(v.size for v in expected.values())
    blob = bytearray((tmp_path / "weights.bin").read_bytes())
    blob[100] ^= 1
    (tmp_path / "weights.bin").write_bytes(blob)
    with pytest.raises(ValueError, match="SHA-256"):
        load(tmp_path)


def test_multiply_accumulates_counted_by_torch() -> None:
    """torch counts two operations for each multiplication, and no depthwise bias, gate or attention scale."""
    from torch.utils.flop_counter import FlopCounterMode

    network = EfficientECG(ARCHITECTURE, 12, len(CODES)).eval()
    with torch.no_grad(), FlopCounterMode(display=False) as counter:
        network(torch.zeros(1, 12, 2500), torch.ones(1, 12), torch.zeros(1, 2), torch.eye(3)[:1], no_waves(1))
    counted = counter.get_total_flops() / 2
    assert multiply_accumulates(ARCHITECTURE, len(CODES), 2500) == pytest.approx(counted, rel=0.02)


def test_lead_dropout_draws_every_kind() -> None:
    kept = random_leads(3000, torch.Generator().manual_seed(0)).numpy()
    counts = kept.sum(1)
    assert (counts == 12).mean() == pytest.approx(0.5, abs=0.03)
    assert counts.min() == 1
    limb = np.array([1] * 6 + [0] * 6)
    eight = np.array([1, 1, 0, 0, 0, 0] + [1] * 6)
    for subset in (limb, eight):
        assert (kept == subset).all(1).mean() == pytest.approx(0.1, abs=0.02)
    assert (kept[counts == 1].sum(0) > 0).all()


def test_augmentation_keeps_masked_leads_zero_and_labels() -> None:
    batch = toy(16)
    for seed in range(6):
        view = augment(batch, 250, torch.Generator().manual_seed(seed))
        assert view.ecg.shape[-1] in (625, 1250, 2500)
        assert not view.ecg[view.mask == 0].any()
        assert (view.mask.sum(1) >= 1).all()
        assert (view.sex.sum(1) == 1).all()
        assert not view.age[view.age[:, 1] == 0].any()
        assert torch.equal(view.y, batch.y)


def test_crop_is_z_scored_anew() -> None:
    window = crop(toy(4).ecg, 625, torch.Generator().manual_seed(0))
    assert window.shape == (4, 12, 625)
    torch.testing.assert_close(window.mean(-1), torch.zeros(4, 12), atol=1e-5, rtol=0)
    torch.testing.assert_close(window.std(-1, correction=0), torch.ones(4, 12), atol=1e-4, rtol=0)


def test_noise_has_unit_variance_and_its_share() -> None:
    generator = torch.Generator().manual_seed(0)
    ecg = torch.randn(200, 12, 500)
    ecg = ecg / ecg.std(-1, keepdim=True, correction=0)
    noisy = add_noise(ecg, torch.randn(3, 2, 4000), 0.5, generator)
    torch.testing.assert_close(noisy.std(-1, correction=0), torch.ones(200, 12))
    changed = (noisy - ecg).abs().amax((1, 2)) > 1e-3
    assert 0.35 < float(changed.float().mean()) < 0.65


def test_beside_gives_age_and_sex_or_nothing() -> None:
    inputs = torch.randn(2, 12, 500), torch.ones(2, 12), torch.rand(2, 2), torch.eye(3)[:2], torch.zeros(2, 2)
    for given in ([], ["age", "sex"]):
        network = EfficientECG(TINY | {"fusion": {"beside": given}}, 12, 3).eval()
        first = network(*inputs)
        other = network(*inputs[:2], 1 - inputs[2], *inputs[3:])
        assert first.shape == (2, 3)
        assert torch.equal(first, other) == (not given)
