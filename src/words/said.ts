import type { Tools } from './tools';

/** A level of a lead, mV. */
export interface Level {
  readonly lead: string;
  readonly mv: number;
}

/** A Q wave of a lead, so wide (null where nothing in the QRS points up) and so deep, mV. */
export interface QWave {
  readonly lead: string;
  readonly ms: number | null;
  readonly mv: number;
}

type Interval = 'PR' | 'QRS' | 'QTc' | 'RATE';

/** What is compared with a limit, in whole ms or bpm. */
interface Compared {
  readonly of: Interval;
  readonly value: number;
  readonly limit: number;
  readonly holds: boolean;
}

/** English for everything that is found out about an ECG away from the page: the list that the other languages are checked against. */
export const saidInEnglish = ({ exact, number, plural, list }: Tools) => {
  const names = { PR: 'PR', QRS: 'QRS', QTc: 'QTc', RATE: 'Rate' };
  const measured = (of: Interval, value: number) => `${names[of]} ${number(value)} ${of === 'RATE' ? 'bpm' : 'ms'}`;
  const levels = (of: readonly Level[]) => list(of.map(({ lead, mv }) => `${lead} (${number(mv, 2)} mV)`));
  const qs = (waves: readonly QWave[]) =>
    list(waves.map(({ lead, ms, mv }) => `${lead} (${ms === null ? 'QS' : `${number(ms)} ms`}, ${number(mv, 1)} mV)`));
  const and = (items: readonly string[]) =>
    items.length > 1 ? `${items.slice(0, -1).join(', ')} and ${items.at(-1)}` : items.join('');
  const noted = (text: string, note: string | null) => (note ? `${text} ${note}` : text);
  const beats = { V: 'ventricular', S: 'supraventricular premature', paced: 'paced' };
  const electrodes = { I: 'both arms and legs', II: 'right arm and right leg', III: 'left arm and right leg' };
  const limbs = { arms: 'right and left arm', armAndLeg: 'right arm and left leg' };

  return {
    // Alerts
    noRhythm: () => 'Artefact, asystole or ventricular fibrillation: look at the patient.',
    rate: (v: { readonly bpm: number }) => `Ventricular rate ${number(v.bpm)} bpm.`,
    pause: (v: { readonly startS: number; readonly lengthS: number }) =>
      `No beat for ${number(v.lengthS, 1)} s from ${number(v.startS, 1)} s on.`,
    wideTachycardia: (v: { readonly qrsMs: number; readonly bpm: number }) =>
      `QRS ${number(v.qrsMs)} ms at ${number(v.bpm)} bpm: ventricular tachycardia until ruled out.`,
    avBlock: (v: { readonly blocked: number; readonly atrialBpm: number; readonly bpm: number }) =>
      `Suspected AV block: ${number(v.blocked)} P waves without QRS, atrial rate ${number(v.atrialBpm)} bpm, ventricular rate ${number(v.bpm)} bpm.`,
    longQtc: (v: { readonly qtcMs: number }) => `QTc ${number(v.qtcMs)} ms (Fridericia).`,
    longQtcWide: (v: { readonly qtcMs: number; readonly qrsMs: number }) =>
      `QTc ${number(v.qtcMs)} ms (Fridericia). The wide QRS (${number(v.qrsMs)} ms) contributes to it.`,
    longQtcWithout: (v: { readonly qtcMs: number; readonly qrsMs: number; readonly withoutMs: number }) =>
      `QTc ${number(v.qtcMs)} ms (Fridericia). The wide QRS (${number(v.qrsMs)} ms) contributes to it: with ${number(48.5, 1)} % of it taken off (Bogossian 2014) QTc is ${number(v.withoutMs)} ms.`,
    stElevation: (v: { readonly levels: readonly Level[]; readonly note: string | null }) =>
      noted(`ST elevation in ${levels(v.levels)}.`, v.note),
    stElevationVoltage: (v: { readonly levels: readonly Level[]; readonly note: string | null }) =>
      noted(
        `ST elevation in ${levels(v.levels)}. Read with caution: QRS voltage of left ventricular hypertrophy.`,
        v.note,
      ),
    stElevationWide: (v: { readonly levels: readonly Level[]; readonly qrsMs: number; readonly note: string | null }) =>
      noted(
        `ST elevation in ${levels(v.levels)}. QRS ${number(v.qrsMs)} ms: the limits for infarction do not apply.`,
        v.note,
      ),
    stDepression: (v: { readonly levels: readonly Level[]; readonly note: string | null }) =>
      noted(`ST depression in ${levels(v.levels)}, horizontal or downsloping.`, v.note),
    stDepressionFront: (v: { readonly levels: readonly Level[]; readonly note: string | null }) =>
      noted(
        `ST depression in ${levels(v.levels)}, horizontal or downsloping. Posterior leads V7–V9 would show a posterior infarction.`,
        v.note,
      ),
    sgarbossa: (v: {
      readonly criteria: readonly string[];
      readonly qrsMs: number;
      readonly paced: boolean;
      readonly note: string | null;
    }) =>
      noted(
        `${v.criteria.join('; ')}. QRS ${number(v.qrsMs)} ms ${v.paced ? 'in a paced rhythm' : 'as in left bundle branch block or pacing'}: criteria of Sgarbossa and Smith.`,
        v.note,
      ),
    sgarbossaElevation: (v: { readonly levels: readonly Level[] }) =>
      `ST elevation with an upright QRS in ${levels(v.levels)}`,
    sgarbossaDepression: (v: { readonly levels: readonly Level[] }) =>
      `ST depression with an inverted QRS in ${levels(v.levels)}`,
    sgarbossaQuarter: (v: { readonly levels: readonly Level[] }) =>
      `ST elevation of a quarter of S or more in ${levels(v.levels)}`,
    filterDisplaces: (v: { readonly hz: number }) => `ST not diagnostic: high-pass of ${exact(v.hz)} Hz.`,
    filterUnknown: () => 'The file does not state the device’s high-pass filter.',

    // Facts for and against a statement
    over: (v: Compared) => `${measured(v.of, v.value)}, ${v.holds ? 'over' : 'not over'} ${number(v.limit)}`,
    from: (v: Compared) =>
      `${measured(v.of, v.value)}, ${v.holds ? `${number(v.limit)} or more` : `under ${number(v.limit)}`}`,
    under: (v: Compared) => `${measured(v.of, v.value)}, ${v.holds ? 'under' : 'not under'} ${number(v.limit)}`,
    between: (v: {
      readonly of: Interval;
      readonly value: number;
      readonly under: number;
      readonly notUnder: number;
    }) => `${measured(v.of, v.value)}, under ${number(v.under)} but not under ${number(v.notUnder)}`,
    within: (v: {
      readonly of: Interval;
      readonly value: number;
      readonly low: number;
      readonly high: number;
      readonly holds: boolean;
    }) => `${measured(v.of, v.value)}, ${v.holds ? 'within' : 'outside'} ${number(v.low)}–${number(v.high)}`,
    conductedP: (v: { readonly prMs: number }) => `P before the QRS, PR ${number(v.prMs)} ms`,
    regularP: (v: { readonly bpm: number }) => `Regular P waves, ${number(v.bpm)} bpm`,
    noRegularP: () => 'No regular P waves found',
    regular: () => 'RR regular',
    irregular: () => 'RR irregular',
    noBlockedP: () => 'No P wave without QRS',
    blockedP: (v: { readonly n: number }) =>
      plural(v.n, { one: `${number(v.n)} P wave without QRS`, other: `${number(v.n)} P waves without QRS` }),
    noBeats: (v: { readonly kind: 'V' | 'S' | 'paced'; readonly all: number }) =>
      `No ${beats[v.kind]} beat among ${number(v.all)}`,
    beats: (v: { readonly kind: 'V' | 'S' | 'paced'; readonly n: number; readonly all: number }) =>
      `${number(v.n)} of ${number(v.all)} beats ${beats[v.kind]}`,
    noSpikes: () => 'No pacing spike',
    spikes: (v: { readonly n: number }) =>
      plural(v.n, { one: `${number(v.n)} pacing spike`, other: `${number(v.n)} pacing spikes` }),
    axisBetween: (v: { readonly deg: number; readonly a: number; readonly b: number; readonly holds: boolean }) =>
      `QRS axis ${number(v.deg)}°, ${v.holds ? 'between' : 'not between'} ${number(v.a)} and ${number(v.b)}`,
    axisLeftish: (v: { readonly deg: number; readonly a: number; readonly b: number }) =>
      `QRS axis ${number(v.deg)}°, left of ${number(v.a)} but not of ${number(v.b)}`,
    sokolow: (v: { readonly lead: string; readonly mv: number; readonly limit: number; readonly holds: boolean }) =>
      `S V1 + R ${v.lead} = ${number(v.mv, 1)} mV, ${v.holds ? `${exact(v.limit)} or more` : `under ${exact(v.limit)}`}`,
    cornell: (v: { readonly mv: number; readonly limit: number; readonly holds: boolean }) =>
      `R aVL + S V3 = ${number(v.mv, 1)} mV, ${v.holds ? 'over' : 'not over'} ${exact(v.limit)}`,
    pathologicalQ: (v: { readonly waves: readonly QWave[] }) => `Pathological Q in ${qs(v.waves)}`,
    noPathologicalQ: () => 'No pathological Q in two contiguous leads',
    alert: (v: { readonly alert: string }) => v.alert.replace(/\.$/, ''),

    // Conflicts between statements, and with measurements
    paced: () => 'Paced rhythm: conduction, hypertrophy and infarction cannot be read from paced beats.',
    leftBlock: () => 'Left bundle branch block: left ventricular hypertrophy and anterior infarction cannot be read.',
    preExcitation: () => 'Pre-excitation: bundle branch block, hypertrophy and infarction cannot be read.',
    alsoStated: (v: { readonly statements: readonly string[] }) => `Also stated: ${list(v.statements)}.`,
    alsoStatedWhy: (v: { readonly statements: readonly string[]; readonly why: string }) =>
      `Also stated: ${list(v.statements)}. ${v.why}`,
    atrialOrSinus: () => 'The rhythm is either atrial fibrillation or flutter, or it comes from the sinus node.',
    noPrInterval: () => 'Without P waves before the QRS there is no PR interval that could be long.',
    fastOrSlow: () => 'The rate cannot be fast and slow at once.',
    normalOrNot: () => 'The rate cannot be normal and abnormal at once.',
    bothBranches: () => 'Both bundle branches cannot be blocked while beats are conducted.',
    incompleteOrNot: () => 'The block is either incomplete or complete.',
    notUnspecific: () => 'A delay with the pattern of a bundle branch block is not unspecific.',
    statedOtherwise: (v: { readonly facts: readonly string[] }) =>
      `Stated, but measured otherwise: ${v.facts.join('; ')}.`,
    notStated: (v: { readonly facts: readonly string[] }) => `Not stated, but measured: ${v.facts.join('; ')}.`,

    // Why a statement was not assessed
    shortRecordingsOnly: () => 'trained on recordings of one lead of 9 to 61 s',
    leadUnreadable: () => 'the lead has no signal that the network can read',
    leadTooNoisy: () => 'the lead is too noisy',
    adultsOnly: (v: { readonly years: number }) => `trained on adults, patient under ${number(v.years)} years`,
    noStandardLead: () => 'no standard lead carries a signal',
    notInterpretable: (v: { readonly reason: string }) => `not interpretable: ${v.reason}`,
    poorQuality: () => 'poor signal quality',
    slowSampling: (v: { readonly hz: number }) => `sampling rate under ${exact(v.hz)} Hz`,
    tooShort: (v: { readonly s: number }) => `recording shorter than ${exact(v.s)} s`,
    leadsMissing: (v: { readonly leads: string; readonly n: number }) =>
      plural(v.n, { one: `lead ${v.leads} missing`, other: `leads ${v.leads} missing` }),
    refusedShort: (v: { readonly s: number }) => `The recording is shorter than ${exact(v.s)} s.`,
    refusedSlow: (v: { readonly hz: number }) =>
      `No standard lead has a signal that was sampled at ${exact(v.hz)} Hz or faster.`,
    unsure: () => 'not interpretable: the network is unsure of this ECG as a whole',
    notRun: () => 'the network did not run',

    // Electrodes that seem exchanged
    emptyLimbLead: (v: { readonly lead: 'I' | 'II' | 'III' }) =>
      `electrodes of ${electrodes[v.lead]} may be exchanged: lead ${v.lead} is all but empty`,
    leftLimbs: () =>
      'electrodes of left arm and left leg may be exchanged: P is taller in I than in II, and in III it ends upright',
    limbExchange: (v: { readonly limbs: 'arms' | 'armAndLeg' }) =>
      `electrodes of ${limbs[v.limbs]} may be exchanged: the limb leads contradict the chest leads (or the heart lies on the right)`,
    chestExchange: (v: { readonly a: string; readonly b: string }) =>
      `electrodes of ${v.a} and ${v.b} may be exchanged: neighbours on the chest do not look alike`,
    limbsExchanged: (v: { readonly exchange: string }) =>
      `The ${v.exchange}: the axis and statements about infarction are withheld, and ST levels may belong to other leads.`,
    chestExchanged: (v: { readonly exchange: string }) =>
      `The ${v.exchange}: statements about infarction are withheld, and ST levels may belong to other leads.`,
    withheld: (v: { readonly exchange: string }) => `Withheld: ${v.exchange}.`,

    // Signal quality
    noLead: () => 'No lead has a signal.',
    noHeartbeat: () => 'No heartbeat is seen in any lead.',
    tooFewLeads: (v: { readonly leads: readonly string[] }) =>
      plural(v.leads.length, {
        one: `Too few leads can be read: ${list(v.leads)} is disturbed.`,
        other: `Too few leads can be read: ${list(v.leads)} are disturbed.`,
      }),
    looseElectrode: (v: { readonly leads: readonly string[]; readonly limb: 'rightArm' | 'leftArm' | 'leftLeg' }) =>
      `Too few leads can be read: ${list(v.leads)} are disturbed. The ${{ rightArm: 'right arm', leftArm: 'left arm', leftLeg: 'left leg' }[v.limb]} electrode may be loose.`,

    // Normal ranges
    rangeBetween: (v: { readonly low: number; readonly high: number }) =>
      v.low < 0 ? `${exact(v.low)} to ${exact(v.high)}` : `${exact(v.low)}–${exact(v.high)}`,
    rangeUpTo: (v: { readonly at: number }) => `up to ${exact(v.at)}`,
    rangeUnder: (v: { readonly at: number }) => `under ${exact(v.at)}`,
    rangeFrom: (v: { readonly at: number }) => `from ${exact(v.at)}`,
    rangeOver: (v: { readonly at: number }) => `over ${exact(v.at)}`,
    adultLimits: () => 'No limits under 18 years: those of adults do not apply.',
    limitFrom: (v: { readonly years: number }) => `No limit under ${number(v.years)} years.`,
    limitsOfMen: () => 'Sex unknown: the limits of men.',
    shortVariability: (v: { readonly s: number }) =>
      `From ${number(v.s)} s: not comparable with heart rate variability of 5 min or 24 h (Task Force 1996).`,
    bazettMisleads: (v: { readonly low: number; readonly high: number }) =>
      `Bazett misleads outside ${number(v.low)}–${number(v.high)} bpm.`,
    wideQrsPart: (v: { readonly qrsMs: number }) => `The wide QRS (${number(v.qrsMs)} ms) contributes to it.`,
    sentences: (v: { readonly all: readonly string[] }) => v.all.join(' '),

    ownModel: (v: { readonly model: string }) =>
      `The statements come from the reader's own model, ${v.model}: whoever made this page has neither seen nor tested it.`,

    // Where the network looked
    lookedNowhere: () => 'no single stretch of any lead matters',
    looked: (v: {
      readonly leads: string | null;
      readonly spans: readonly { readonly from: number; readonly to: number }[];
    }) => {
      const where = v.leads ?? 'all leads';
      const spans = v.spans.map(({ from, to }) => `${number(from, 1)}–${number(to, 1)} s`);
      return `mostly ${where}, ${spans.length > 0 ? spans.join(' and ') : 'throughout'}`;
    },

    // Warnings about a recording
    singleLead: () =>
      'The statements “One lead: …” come from a network that learned from hand-held AliveCor recordings of 9 to 61 s (PhysioNet/CinC Challenge 2017): it has not seen other devices and leads.',
    prevalenceSet: (v: { readonly codes: readonly string[] }) =>
      `The reader set how common these are among the own patients, and their probabilities moved: ${v.codes.join(', ')}.`,
    beatsDisputed: () => 'Two methods see different beats in this ECG: check rate, rhythm and intervals on the trace.',
    wavesClassical: () =>
      'No network marked the waves: intervals come from a classical method, which is less exact, and no wave is drawn.',
    marksEdited: (v: { readonly n: number }) =>
      plural(v.n, {
        one: `${number(v.n)} mark was set by the reader: the intervals there are measured on the edited beats alone.`,
        other: `${number(v.n)} marks were set by the reader: the intervals there are measured on the edited beats alone.`,
      }),
    intervalsDisputed: (v: {
      readonly intervals: readonly { readonly of: 'PR' | 'QRS' | 'QT'; readonly own: number; readonly other: number }[];
    }) =>
      `A second method, without a network, measures otherwise: ${list(v.intervals.map(({ of, own, other }) => `${of} (${number(own)} ms shown, ${number(other)} ms)`))}. Check the marks on the trace.`,
    pNotSeen: (v: { readonly prMs: number }) =>
      `A second method, without a network, sees a P wave before every QRS (PR ${number(v.prMs)} ms) where the network sees none. Check the trace.`,
    stNotDiagnostic: (v: { readonly hz: number }) =>
      `ST not diagnostic: the device filtered with a high-pass of ${exact(v.hz)} Hz.`,
    leadsExchanged: (v: { readonly a: string; readonly b: string }) =>
      `${v.a} and ${v.b} are exchanged in this recording: each follows from I and II under the other's name.`,
    leadsInconsistent: (v: {
      readonly leads: readonly { readonly lead: string; readonly is: string; readonly mv: number }[];
    }) =>
      `${list(v.leads.map(({ lead, is, mv }) => `${lead} is not ${is} (differs by ${number(mv, 2)} mV)`))}: the leads are mislabelled, or not of the same moment.`,
    unitsDoubtful: (v: { readonly mv: number }) => `Units? The median QRS is ${exact(v.mv)} mV high.`,
    leadsDerived: (v: { readonly leads: readonly string[] }) => `${and(v.leads)} computed from I and II.`,
    samplesMissing: (v: { readonly leads: readonly string[] }) => `Samples are missing in ${and(v.leads)}.`,
    leadsResampled: (v: { readonly hz: number }) =>
      `The leads differ in sampling rate: an exported CSV brings all of them to ${exact(v.hz)} Hz.`,
    measuredInPart: (v: { readonly minutes: number }) =>
      `Rate, intervals and quality were taken from the first ${number(v.minutes)} minutes; beats and pauses were looked for in the whole recording.`,
    windowsAveraged: (v: { readonly windows: number }) =>
      `Each probability is the mean over ${number(v.windows)} overlapping windows: a short episode can be missed.`,
    windowsSampled: (v: { readonly windows: number }) =>
      `Each probability is the mean over ${number(v.windows)} windows spread over the recording: a short episode can be missed.`,
    simulated: (v: { readonly what: string }) => `Simulated ECG, of no patient: ${v.what}.`,
    ageDiffers: (v: { readonly years: number; readonly table: string }) =>
      `The file itself says ${exact(v.years)} years; age and sex are those of ${v.table}. Is it the same patient?`,
    sexDiffers: (v: { readonly sex: 'female' | 'male'; readonly table: string }) =>
      `The file itself says ${v.sex}; age and sex are those of ${v.table}. Is it the same patient?`,
    personDiffers: (v: { readonly years: number; readonly sex: 'female' | 'male'; readonly table: string }) =>
      `The file itself says ${exact(v.years)} years, ${v.sex}; age and sex are those of ${v.table}. Is it the same patient?`,

    // The network and its backend
    runsAsChosen: (v: { readonly on: string }) => `Runs on ${v.on}, as chosen.`,
    runsOn: (v: { readonly on: string; readonly refusals: readonly string[] }) =>
      `Runs on ${[v.on, ...v.refusals].join(', ')}.`,
    runsFaster: (v: { readonly on: string; readonly ms: number; readonly other: string; readonly otherMs: number }) =>
      `Runs on ${v.on}: ${exact(v.ms)} ms for an ECG, ${exact(v.otherMs)} ms on ${v.other}.`,
  };
};
