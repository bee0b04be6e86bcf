import { createDelineator } from '../src/inference';
import { shippedDelineator } from '../src/inference/testing/shipped';
import { startWasmInNode } from '../src/network/testing/wasm-node';
import { stretch } from '../src/signal';
import { median } from '../src/signal/median';
import { measure } from '../src/waves';
import { type Beat, fiducials } from '../src/waves/fiducials';
import { ludb } from './ludb';

/**
 * The classical method's PR, QRS and QT against the cardiologists' marks of LUDB, beside the shipped delineator's (which was trained on these
 * records), and what they dispute: `npx tsx bench/run.ts bench/second-opinion.ts LUDB`. Intervals of the marks are medians over the marked beats,
 * built by the rules of `fiducials`.
 */
const NAMES = ['prMs', 'qrsMs', 'qtMs'] as const;
type Name = (typeof NAMES)[number];
type Row = Readonly<Record<'marks' | 'network' | 'classical', Readonly<Record<Name, number | null>>>> & {
  readonly name: string;
  readonly disputed: readonly Name[];
};

function intervalsOf(beats: readonly Beat[]): Record<Name, number | null> {
  const ms = (of: (beat: Beat) => number | null) => {
    const values = beats.flatMap((beat) => of(beat) ?? []);
    return values.length > 0 ? 1000 * median(values) : null;
  };
  return {
    prMs: ms(({ p, qrs }) => p && qrs.onset - p.onset),
    qrsMs: ms(({ qrs }) => qrs.offset - qrs.onset),
    qtMs: ms(({ qrs, t }) => t && t.offset - qrs.onset),
  };
}

function told(differences: readonly number[]): string {
  const mean = differences.reduce((sum, v) => sum + v, 0) / differences.length;
  const sd = Math.sqrt(differences.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (differences.length - 1));
  const worst = differences.map((v) => Math.abs(v - mean)).sort((a, b) => a - b);
  return `n ${differences.length}\tmean ${mean.toFixed(1)} ms\tSD ${sd.toFixed(1)} ms\t90 % within ${worst[Math.floor(0.9 * worst.length)]?.toFixed(0)} ms`;
}

async function main(folder: string): Promise<void> {
  const { card, weights } = await shippedDelineator();
  await startWasmInNode();
  const delineator = await createDelineator({ card, weights }, { backend: 'wasm', what: 'Node', lost: () => null });
  const rows: Row[] = [];
  for await (const { name, recording, ecg, waves, fromS, toS } of ludb(folder)) {
    const source = {
      durationS: ecg.durationS,
      read: (from: number, length: number) => stretch(recording, from, length),
    };
    const maps = await delineator.delineate(source);
    const { measurements } = measure(ecg, { maps, rules: card.waveRules });
    const { secondOpinion: opinion } = measurements;
    const marked = fiducials(waves).beats.filter(({ qrs }) => qrs.onset >= fromS && qrs.onset <= toS);
    const none = { prMs: null, qrsMs: null, qtMs: null };
    rows.push({
      name,
      marks: intervalsOf(marked),
      network: measurements,
      classical: opinion ?? none,
      disputed: opinion?.disputed ?? [],
    });
  }
  for (const name of NAMES) {
    const against = (who: 'network' | 'classical', other: 'marks' | 'classical', among = rows) =>
      among.flatMap((row) => {
        const [a, b] = [row[who][name], row[other][name]];
        return a !== null && b !== null ? [a - b] : [];
      });
    console.log(`${name}\tclassical − marks\t${told(against('classical', 'marks'))}`);
    console.log(`${name}\tnetwork − marks\t${told(against('network', 'marks'))}`);
    console.log(`${name}\tnetwork − classical\t${told(against('network', 'classical'))}`);
    const disputed = rows.filter((row) => row.disputed.includes(name));
    const list = disputed.map((row) => {
      const ms = (who: 'marks' | 'network' | 'classical') => row[who][name]?.toFixed(0) ?? '–';
      return `${row.name} (${ms('marks')} marked, ${ms('network')} network, ${ms('classical')} classical)`;
    });
    console.log(`${name}\tdisputed ${disputed.length} of ${rows.length}: ${list.join(', ')}`);
  }
  delineator.dispose();
}

const folder = process.argv[2];
if (!folder) throw new Error('usage: npx tsx bench/run.ts bench/second-opinion.ts LUDB');
await main(folder);
