import { EcgError, type Warning } from '../../ecg';
import type { DecodedSignal } from '../in-memory';
import type { Sections } from './sections';

/**
 * Healforce's pocket recorders (Prince 180) write SCP-ECG of their own: pointers from 0, one interleaved stream, the interval's field holds
 * the rate in Hz, and four samples of 10 bits lie in three words, the fourth in bits 10 to 13 of each. A step is 0.01 mV.
 * Written from the description of KaibinBao/healforcescpecg (2021); proved with its 62.SCP.
 *
 * @throws EcgError CORRUPT_FILE without rhythm, leads or rate
 */
export function readHealforce(
  { byId }: Sections,
  where: string,
): { readonly signals: readonly DecodedSignal[]; readonly warnings: readonly Warning[] } {
  const leadCount = byId.get(3)?.body.u8(0) ?? 0;
  const body = byId.get(6)?.body;
  const samplingRateHz = body?.u16(2) ?? 0;
  if (!body || leadCount < 1 || leadCount > 12 || samplingRateHz === 0) {
    throw new EcgError('CORRUPT_FILE', `${where} has no rhythm that can be read.`, { where });
  }
  const data = body.slice(8, 8 + body.u16(6));
  const samples: number[] = [];
  for (let at = 0; at + 6 <= data.length; at += 6) {
    const words = [data.u16(at), data.u16(at + 2), data.u16(at + 4)];
    const [a = 0, b = 0, c = 0] = words.map((word) => (word >> 10) & 15);
    samples.push(...words, (a << 8) | (b << 4) | c);
  }
  const perLead = Math.floor(samples.length / leadCount);
  const signals = Array.from({ length: leadCount }, (_, lead): DecodedSignal => {
    const values = Float64Array.from({ length: perLead }, (_, i) => {
      const word = samples[i * leadCount + lead] ?? 0;
      return ((word & 0x3ff) - 512) / 100;
    });
    return { spelling: `ch${lead + 1}`, unit: 'mV', samplingRateHz, values };
  });
  return {
    signals,
    warnings: [
      {
        code: 'RATE_ASSUMED',
        message: `Healforce's own form of SCP-ECG: its interval was read as ${samplingRateHz} Hz.`,
      },
      { code: 'GAIN_ASSUMED', message: "Healforce's own form of SCP-ECG: steps of 0.01 mV were assumed." },
    ],
  };
}
