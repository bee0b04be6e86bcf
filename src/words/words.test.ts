import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { de } from './de';
import { type Dictionary, en } from './en';
import { es } from './es';
import { chosenLanguage, ENGLISH, LANGUAGE_NAMES, loadWords, localeOf } from './languages';
import { say } from './say';
import { errorText, sentence, statementText, warningText } from './statement';
import { createTools, type Tools } from './tools';
import { zh } from './zh';

/** Leaves whatever it is given as it is, so that a sentence shows where its values went. */
const MARKING: Tools = {
  locale: 'en',
  number: String,
  exact: String,
  count: String,
  percent: String,
  plural: (_, { one = '', other }) => `${one}|${other}`,
  list: (items) => [...items].join(),
  date: String,
  dateTime: String,
};

const CARD = { megaParameters: 0, statements: 1, leads: 2, hz: 3, lowHz: 4, highHz: 5, windowsS: [6], trained: '7' };

const OUTSIDE = { flag: 'high', range: '⟦range⟧' };

/** What a sentence is tried with where it takes more than texts and numbers. */
const SAMPLES: Readonly<Record<string, readonly unknown[]>> = {
  scale: [{ mmPerS: '⟦s⟧', mmPerMv: '⟦limb⟧', chestMmPerMv: '⟦chest⟧' }],
  'paperNotes.baselineAt': [1],
  'paperNotes.notToScale': [1, 2, '⟦2⟧'],
  'sentences.rate': ['⟦0⟧', OUTSIDE],
  'sentences.rhythm': ['irregular', { kind: 'apart', bpm: '⟦bpm⟧' }],
  'sentences.intervals': [[{ name: 'QTc', ms: '⟦ms⟧', out: OUTSIDE }]],
  'sentences.axis': ['⟦0⟧', 'left'],
  'sentences.p': ['⟦0⟧', OUTSIDE, '⟦2⟧'],
  'sentences.voltages': [[{ name: 'Cornell', mv: '⟦mv⟧', out: OUTSIDE }]],
  'sentences.withheld': ['⟦0⟧', ['⟦1⟧']],
  'compared.with': ['earlier', '⟦1⟧', '⟦2⟧', ['⟦3⟧']],
  'compared.fresh': [['⟦0⟧']],
  'compared.gone': [['⟦0⟧']],
  'compared.hereAlone': [['⟦0⟧']],
  'compared.thereAlone': [['⟦0⟧']],
  'compared.st': [['⟦0⟧']],
  'compared.differ': [['⟦0⟧']],
  demoPerson: ['⟦0⟧', 'female'],
  'compare.confirmed': [['⟦0⟧']],
  'compare.same': [['⟦0⟧']],
  'findings.threshold': ['⟦0⟧', 'balanced'],
  'findings.caution': [true, ['⟦1⟧']],
  'findings.exploratory': [['⟦0⟧']],
  'findings.shifted': [{ from: '⟦from⟧', learned: '⟦learned⟧', own: '⟦own⟧' }],
  'prevalence.band': ['female', '⟦1⟧', '⟦2⟧'],
  'print.point': ['screening'],
  'print.network': ['screening', '⟦1⟧'],
  'waves.edited': [['onset', 'offset']],
  'whatIf.deciding': [['⟦0⟧']],
  'card.calibrated': [['⟦0⟧']],
  'card.network': [CARD],
};

/** What stands in a saying, by its name: a mark for numbers and texts, the rest as it is. */
const VALUES: Readonly<Record<string, unknown>> = {
  of: 'PR',
  kind: 'V',
  limbs: 'arms',
  limb: 'leftArm',
  sex: 'female',
  levels: [{ lead: '⟦lead⟧', mv: '⟦mv⟧' }],
  waves: [{ lead: '⟦lead⟧', ms: '⟦ms⟧', mv: '⟦mv⟧' }],
  criteria: ['⟦criterion⟧'],
  statements: ['⟦statement⟧'],
  facts: ['⟦fact⟧'],
  refusals: ['⟦refusal⟧'],
  spans: [{ from: '⟦from⟧', to: '⟦to⟧' }],
  intervals: [{ of: 'QRS', own: '⟦own⟧', other: '⟦other⟧' }],
};

/** Where a name stands for something else. */
const OWN_VALUES: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'said.emptyLimbLead': { lead: 'I' },
  'said.sentences': { all: ['⟦all⟧'] },
  'said.leadsInconsistent': { leads: [{ lead: '⟦lead⟧', is: '⟦is⟧', mv: '⟦mv⟧' }] },
  'said.leadsDerived': { leads: ['⟦one⟧', '⟦two⟧'] },
  'said.samplesMissing': { leads: ['⟦one⟧', '⟦two⟧'] },
  'said.tooFewLeads': { leads: ['⟦one⟧', '⟦two⟧'] },
  'said.prevalenceSet': { codes: ['⟦code⟧'] },
  'said.looseElectrode': { leads: ['⟦one⟧', '⟦two⟧'] },
};

const valuesOf = (path: string) =>
  new Proxy({ ...VALUES, ...OWN_VALUES[path] } as Record<string, unknown>, {
    get: (known, name) => known[String(name)] ?? `⟦${String(name)}⟧`,
  });

const MARKS = ['⟦0⟧', '⟦1⟧', '⟦2⟧', '⟦3⟧'];

/** Every sentence of a dictionary by its path. */
function sentences(dictionary: object, path = ''): readonly (readonly [path: string, text: string])[] {
  return Object.entries(dictionary).flatMap(([name, value]) => {
    const at = path === '' ? name : `${path}.${name}`;
    if (typeof value === 'string') return [[at, value] as const];
    if (typeof value !== 'function') return sentences(value, at);
    const given = SAMPLES[at] ?? (path === 'said' ? [valuesOf(at)] : MARKS.slice(0, value.length));
    return [[at, String(value(...given))] as const];
  });
}

const marksIn = (text: string) => [...new Set(text.match(/⟦\w+⟧/g))].sort();

const ENGLISH_SENTENCES = new Map(sentences(en(MARKING)));
const OTHERS: Readonly<Record<string, (tools: Tools) => Dictionary>> = { de, es, zh };

/** Words that languages share: names, units, abbreviations, and loans. */
const SHARED = new Set(
  'ECG QRS PR QT RR T P ST QTc Fridericia Bazett Framingham Hodges Sokolow Lyon Cornell Hz mV mm s ms h min F JSONL EfficientECG'
    .concat(
      ' in ECGs ID aVL S V bpm lpm und y Bogossian Task Force Name Patient Normal normal regular irregular Screening Passphrase',
    )
    .split(' '),
);

/** What of a sentence is neither a value nor a shared word. */
const ownWords = (text: string) =>
  text
    .replaceAll(/⟦\w+⟧/g, ' ')
    .split(/[^\p{L}]+/u)
    .filter((word) => word !== '' && !SHARED.has(word));

describe.each(Object.entries(OTHERS))('%s', (language, write) => {
  const own = sentences(write(MARKING));

  it('says everything that English says', () => {
    expect(own.map(([path]) => path)).toEqual([...ENGLISH_SENTENCES.keys()]);
  });

  it('names every value that the English sentence names', () => {
    for (const [path, text] of own) {
      expect(`${path}: ${marksIn(text)}`).toBe(`${path}: ${marksIn(ENGLISH_SENTENCES.get(path) ?? '')}`);
    }
  });

  it('leaves nothing untranslated and nothing empty', () => {
    for (const [path, text] of own) {
      expect(text.trim(), path).not.toBe('');
      if (text === ENGLISH_SENTENCES.get(path)) expect(ownWords(text), path).toEqual([]);
      if (language === 'zh' && ownWords(text).length > 0) expect(text, path).toMatch(/\p{Script=Han}/u);
    }
  });
});

describe('the language of the page', () => {
  it('is the one that the address asks for, then the first of the reader’s, then English', () => {
    expect(chosenLanguage('?lang=zh', ['de-AT'])).toBe('zh');
    expect(chosenLanguage('?demo=lbbb', ['fr-FR', 'de-AT', 'es'])).toBe('de');
    expect(chosenLanguage('?lang=xx', ['fr'])).toBe('en');
    expect(chosenLanguage('', ['zh-Hant-TW'])).toBe('zh');
  });

  it('writes numbers and dates as the reader’s region does', () => {
    expect(localeOf('es', ['es-MX'])).toBe('es-MX');
    expect(localeOf('de', ['en-US'])).toBe('de-DE');
    const [english, german] = [createTools('en-GB'), createTools('de-DE')];
    expect(english.number(-1.25, 2)).toBe('−1.25');
    expect(german.number(-1.25, 2)).toBe('−1,25');
    expect(german.number(-0.2)).toBe('0');
    expect(english.count(2274)).toBe('2,274');
    expect(german.count(2274)).toBe('2.274');
    expect(createTools('es-MX').number(0.5, 1)).toBe('0.5');
    expect(createTools('es-ES').number(0.5, 1)).toBe('0,5');
    expect(english.date('1957-03-02')).toBe('2 Mar 1957');
    expect(german.dateTime('1957-03-02T10:00:00')).toBe('2. März 1957, 10:00:00');
    expect(createTools('zh-CN').date('1957-03-02')).toBe('1957年3月2日');
    expect(english.date('unknown')).toBe('unknown');
  });

  it('prints speed and gain as a cart does; two gains are named', () => {
    const apart = { mmPerS: 12.5, mmPerMv: 10, chestMmPerMv: 5 };
    expect(ENGLISH.scale(apart)).toBe('12.5 mm/s   limb 10 mm/mV   chest 5 mm/mV');
    expect(ENGLISH.scale({ ...apart, chestMmPerMv: 10 })).toBe('12.5 mm/s   10 mm/mV');
    expect(de(createTools('de-DE')).scale({ ...apart, chestMmPerMv: 10 })).toBe('12,5 mm/s   10 mm/mV');
  });

  it('is never more certain than the network', () => {
    expect([0.001, 0.5, 0.999].map((share) => ENGLISH.percent(share))).toEqual(['<1 %', '50 %', '>99 %']);
    expect(createTools('zh-CN').percent(0.93)).toBe('93%');
  });

  it('is loaded once and asks for nothing later', async () => {
    await Promise.all(LANGUAGE_NAMES.map(({ language }) => loadWords(language, [])));
    expect((await loadWords('de', [])).welcome.title).toBe('EKG hier ablegen');
    expect((await loadWords('en', [])).welcome.title).toBe(ENGLISH.welcome.title);
  });
});

describe('the statements of the bundled model', () => {
  const read = (id: string) => JSON.parse(readFileSync(`public/models/${id}/model.json`, 'utf8'));
  const named: readonly { readonly code: string; readonly label: string }[] = [
    ...read('efficientecg').labels,
    ...read('rhythm').outputs,
  ];

  it('are in the dictionary as the model words them, and translated', async () => {
    const german = await loadWords('de', []);
    for (const { code, label } of named) {
      expect(ENGLISH.statements, `${code} of model.json is in no dictionary as it stands there`).toHaveProperty(
        code,
        label,
      );
      expect(statementText(german, { code, label })).not.toBe(label);
    }
  });

  it('keep the words of another model that calls them otherwise', async () => {
    const german = await loadWords('de', []);
    expect(statementText(german, { code: 'AFIB', label: 'Atrial fibrillation' })).toBe('Vorhofflimmern');
    expect(statementText(german, { code: 'AFIB', label: 'AF or flutter' })).toBe('AF or flutter');
    expect(statementText(german, { code: 'XYZ', label: 'Something else' })).toBe('Something else');
  });
});

describe('a saying', () => {
  it('is English at once and any language later, with what stands in it', async () => {
    const german = await loadWords('de', []);
    const { text, saying } = say('notInterpretable', { reason: say('tooFewLeads', { leads: ['V1', 'V2'] }).saying });
    expect(text).toBe('not interpretable: Too few leads can be read: V1, V2 are disturbed.');
    const crossed = structuredClone(saying);
    expect(sentence(german, text, crossed)).toBe(
      'nicht auswertbar: Zu wenige Ableitungen sind lesbar: V1, V2 sind gestört.',
    );
  });

  it('names statements by their code', async () => {
    const chinese = await loadWords('zh', []);
    const told = say('alsoStatedWhy', {
      statements: [{ code: 'AFIB', label: 'Atrial fibrillation' }],
      why: say('noPrInterval', {}).saying,
    });
    expect(told.text).toMatch(/^Also stated: Atrial fibrillation\. Without P waves/);
    expect(sentence(chinese, told.text, told.saying)).toBe(
      '同时判断为：心房颤动。QRS 前没有 P 波，就没有可延长的 PR 间期。',
    );
  });

  it('calls a demo by its name, and another simulated ECG as its file does', async () => {
    const german = await loadWords('de', []);
    const told = (what: string) => sentence(german, '', say('simulated', { what }).saying);
    expect(told('Left bundle branch block')).toBe('Simuliertes EKG, von keinem Patienten: Linksschenkelblock.');
    expect(told('my own')).toBe('Simuliertes EKG, von keinem Patienten: my own.');
  });

  it('that no version of this program knows stays English', async () => {
    const german = await loadWords('de', []);
    expect(sentence(german, 'As it was.', { id: 'somethingNew', values: {} })).toBe('As it was.');
    expect(sentence(german, 'As it was.', undefined)).toBe('As it was.');
  });

  it('a reader’s own details follow the meaning of their code', async () => {
    const german = await loadWords('de', []);
    const warning = { code: 'PART_SHOWN', message: 'The file also holds a typical cycle.' } as const;
    expect(warningText(ENGLISH, warning)).toBe(warning.message);
    expect(warningText(german, warning)).toBe(
      'Die Datei enthält mehr, als gezeigt wird. (Englisch: The file also holds a typical cycle.)',
    );
    const error = { code: 'HISTORY_LOCKED', message: 'This is not the passphrase of the history.' } as const;
    expect(errorText(german, error)).toBe('Das ist nicht die Passphrase des Verlaufs.');
  });
});
