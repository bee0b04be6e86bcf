"""Files that the page's tests write are read by independent readers and by ours, and the signals agree."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pydicom
import pyedflib
import pytest
import wfdb
from conftest import REPOSITORY

TSX = REPOSITORY / "node_modules" / ".bin" / "tsx"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[dict[str, Any]]]:
    """A folder of files of all kinds, and what our own readers make of each."""
    if not TSX.exists() or shutil.which("node") is None:
        pytest.skip("no node_modules: run npm install")
    folder = tmp_path_factory.mktemp("readers")
    subprocess.run([str(TSX), "bench/fixtures.ts", str(folder)], cwd=REPOSITORY, check=True)
    return folder, json.loads((folder / "expected.json").read_text())


def read_wfdb(path: Path) -> tuple[float, list[str], np.ndarray]:
    record = wfdb.rdrecord(str(path.with_suffix("")))
    return record.fs, record.sig_name, record.p_signal.T


def read_edf(path: Path) -> tuple[float, list[str], np.ndarray]:
    with pyedflib.EdfReader(str(path)) as file:
        signals = np.array([file.readSignal(i) for i in range(file.signals_in_file)])
        return file.getSampleFrequency(0), file.getSignalLabels(), signals / 1000


def read_dicom(path: Path) -> tuple[float, list[str], np.ndarray]:
    data = pydicom.dcmread(path, force=True)
    group = data.WaveformSequence[0]
    if data.original_encoding[1] is False and group.WaveformBitsAllocated > 8:
        # pydicom 3.0.2 leaves the bytes of OW as they lie and reads them as little endian, whatever the
        # transfer syntax; PS3.5 (2004), 7.3, has them big endian in Explicit VR Big Endian.
        width = group.WaveformBitsAllocated // 8
        group.WaveformData = np.frombuffer(group.WaveformData, f">i{width}").astype(f"<i{width}").tobytes()
    names = {"2:1": "I", "2:2": "II"}
    sources = [channel.ChannelSourceSequence[0].CodeValue for channel in group.ChannelDefinitionSequence]
    return float(group.SamplingFrequency), [names[code] for code in sources], data.waveform_array(0).T / 1000


def read_npy(path: Path) -> tuple[float, list[str], np.ndarray]:
    loaded = np.load(path)
    array, rate = (loaded["signal"], float(loaded["fs"])) if path.suffix == ".npz" else (loaded, 250.0)
    return rate, ["signal 1", "signal 2"], array


READERS = {"wfdb": read_wfdb, "edf": read_edf, "dicom": read_dicom, "npy": read_npy}


@pytest.mark.parametrize("kind", READERS)
def test_independent_readers_agree(kind: str, written: tuple[Path, list[dict[str, Any]]]) -> None:
    folder, expected = written
    files = [one for one in expected if one["kind"] == kind]
    assert len(files) > 1
    for one in files:
        rate, leads, mv = READERS[kind](folder / one["file"])
        assert rate == one["samplingRateHz"], one["file"]
        assert leads == one["leads"], one["file"]
        ours = np.array(one["mv"])
        assert np.ptp(ours) > 0.5, one["file"]
        # Our samples are in single precision.
        np.testing.assert_allclose(ours, mv, rtol=1e-6, atol=1e-6, err_msg=one["file"])


def test_annotations_of_edf_agree(written: tuple[Path, list[dict[str, Any]]]) -> None:
    folder, expected = written
    for one in (one for one in expected if one["kind"] == "edf"):
        with pyedflib.EdfReader(str(folder / one["file"])) as file:
            onsets, _, texts = file.readAnnotations()
        assert [[onset, text] for onset, text in zip(onsets, texts, strict=True)] == one["annotations"]
        assert len(texts) == 2
