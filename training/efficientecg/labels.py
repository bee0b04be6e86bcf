"""The statements that the network scores: which, in whose words, with which codes, and from which leads.

The five superclasses of PTB-XL (Wagner et al. 2020) and its statements of rhythm, conduction, hypertrophy,
infarction and ST-T with at least 50 positives in the packed subset, SBRAD (44) because a reader who sees
STACH takes its silence for "not slow", and, exploratory, those with at least 25 in folds 1-8. Not those that
say nothing by themselves (ABQRS, "abnormal QRS") or rest on voltage alone (VCLVH), which it does not see.

SNOMED CT codes as in the PhysioNet/CinC Challenges 2020 and 2021; None where we are not certain. Wordings say
what is seen: an ECG shows an infarct's pattern, not its age, and z-scored leads show no voltage.
"""

from dataclasses import dataclass, replace
from typing import Literal

from efficientecg.config import LEADS

Group = Literal["superclass", "rhythm", "conduction", "hypertrophy", "infarction", "st-t"]


@dataclass(frozen=True)
class Label:
    """One output of the network. `required` leads must all be present for it to be assessed.

    One that was learned from too few examples to be trusted is `exploratory`: its words say so, and it is
    stated only where it is likelier than not.
    """

    code: str
    system: Literal["ptb-xl-superclass", "scp-ecg"]
    snomed: str | None
    wording: str
    group: Group
    required: tuple[str, ...]
    exploratory: bool = False


def exploratory(label: Label) -> Label:
    return replace(label, wording=f"{label.wording} (exploratory)", exploratory=True)


def superclass(code: str, snomed: str | None, wording: str) -> Label:
    return Label(code, "ptb-xl-superclass", snomed, wording, "superclass", LEADS)


def rhythm(code: str, snomed: str, wording: str) -> Label:
    return Label(code, "scp-ecg", snomed, wording, "rhythm", ())


def conduction(code: str, snomed: str, wording: str, *required: str) -> Label:
    return Label(code, "scp-ecg", snomed, wording, "conduction", required)


def repolarisation(code: str, snomed: str | None, wording: str, *required: str) -> Label:
    return Label(code, "scp-ecg", snomed, wording, "st-t", required or LEADS)


def infarct(code: str, site: str, *required: str) -> Label:
    wording = f"{site} infarct pattern of undetermined age"
    return Label(code, "scp-ecg", None, wording, "infarction", required)


LVH = "Left ventricular hypertrophy by shape; voltage not seen"
LAE = "Left atrial enlargement by shape; voltage not seen"
LABELS: tuple[Label, ...] = (
    superclass("NORM", "164854000", "Normal ECG"),
    superclass("MI", "164865005", "Infarct pattern, any site, of undetermined age"),
    superclass("STTC", None, "ST or T wave change"),
    superclass("CD", None, "Conduction disturbance"),
    superclass("HYP", None, "Hypertrophy or atrial enlargement by shape; voltage not seen"),
    rhythm("SR", "426783006", "Sinus rhythm at a normal rate, regular"),
    rhythm("AFIB", "164889003", "Atrial fibrillation"),
    rhythm("STACH", "427084000", "Sinus tachycardia"),
    rhythm("SBRAD", "426177001", "Sinus bradycardia"),
    rhythm("SARRH", "427393009", "Sinus arrhythmia"),
    rhythm("PVC", "427172004", "Ventricular premature complexes"),
    conduction("1AVB", "270492004", "First-degree AV block", "II"),
    conduction("LAFB", "445118002", "Left anterior fascicular block", "I", "II", "III", "aVF"),
    conduction("IRBBB", "713426002", "Incomplete right bundle branch block", "V1", "V6"),
    conduction("CRBBB", "713427006", "Complete right bundle branch block", "I", "V1", "V6"),
    conduction("CLBBB", "733534002", "Complete left bundle branch block", "I", "V1", "V6"),
    conduction("IVCD", "698252002", "Unspecific intraventricular conduction delay", "I", "V1", "V6"),
    # Of version 0.3.0. New ones go to the end, so that older predictions are a part of the columns.
    Label("LVH", "scp-ecg", "164873001", LVH, "hypertrophy", LEADS),
    infarct("IMI", "Inferior", "II", "III", "aVF"),
    infarct("ASMI", "Anteroseptal", "V1", "V2", "V3", "V4"),
    repolarisation("NDT", None, "Non-diagnostic T wave change"),
    repolarisation("STD_", "429622005", "Non-specific ST depression"),
    repolarisation("ISC_", None, "Non-specific ischaemic ST-T change"),
    repolarisation("ISCAL", None, "Anterolateral ischaemic ST-T change", "I", "aVL", "V3", "V4", "V5", "V6"),
    repolarisation("NST_", None, "Non-specific ST change"),
    # Of version 0.4.0.
    exploratory(repolarisation("LOWT", None, "Low T waves by shape; voltage not seen")),
    exploratory(Label("LAO/LAE", "scp-ecg", "67741000119109", LAE, "hypertrophy", LEADS)),
    exploratory(repolarisation("NT_", None, "Non-specific T wave change")),
    exploratory(Label("QWAVE", "scp-ecg", "164917005", "Q waves present", "infarction", LEADS)),
    exploratory(rhythm("PAC", "284470004", "Atrial premature complexes")),
)
CODES = tuple(label.code for label in LABELS)
FIRST_CODES = CODES[:17]  # what networks until 0.2.0 said, and what experiments are compared on
MORE_CODES = CODES[:25]  # what those said that were trained on more
SUPERCLASSES = tuple(label.code for label in LABELS if label.group == "superclass")
