import type { WaveKind } from '../ecg';

const NAMES: Record<WaveKind, string> = { p: 'P', qrs: 'QRS', t: 'T' };

export const waveText = (kind: WaveKind) => NAMES[kind];
