import { describe, expect, test } from 'vitest';
import { errorOf, openOne, textFile, warningCodes } from '../testing/opened';

const open = (text: string, options = {}) => openOne([textFile('t.csv', text)], options);

describe('time', () => {
  const at = (times: readonly number[], heading = 'time (s)') =>
    `${heading},I [mV]\n${times.map((t, i) => `${t},${i % 7}.5`).join('\n')}\n`;
  const grid = (count: number, step: number, digits: number) =>
    Array.from({ length: count }, (_, i) => Number((i * step).toFixed(digits)));

  test.each([
    [grid(3600, 1 / 360, 3), 360],
    [grid(100, 1 / 257.5, 9), 257.5],
    [grid(1000, 0.004, 3).map((t) => t + 12), 250],
  ])('%#: a rounded column still gives its rate', async (times, rate) => {
    const recording = await open(at(times));
    expect(recording.channels[0]?.samplingRateHz).toBeCloseTo(rate, 5);
    expect(warningCodes(recording)).toEqual([]);
  });

  test('without a unit the rate is assumed, in seconds or milliseconds', async () => {
    for (const times of [grid(50, 0.004, 3), grid(50, 4, 0)]) {
      const recording = await open(at(times, 'time'));
      expect(recording.channels[0]?.samplingRateHz).toBe(250);
      expect(warningCodes(recording)).toEqual(['RATE_ASSUMED']);
    }
  });

  test('a column that counts by one gives no rate', async () => {
    await errorOf([textFile('t.csv', at(grid(50, 1, 0), 'time'))], 'NEEDS_INPUT');
    for (const heading of ['sample', "'sample #'", 'Sample No.']) {
      expect((await open(at(grid(50, 1, 0), heading), { rateHz: 200 })).channels).toHaveLength(1);
    }
  });

  test('jitter is a warning, a gap and a step back are refused', async () => {
    const jitter = grid(100, 0.004, 3).map((t, i) => (i === 50 ? t + 0.0035 : t));
    expect(warningCodes(await open(at(jitter)))).toEqual(['RATE_ASSUMED']);
    await errorOf([textFile('t.csv', at(grid(100, 0.004, 3).map((t, i) => (i > 50 ? t + 1 : t))))], 'CORRUPT_FILE');
  });

  test("a date behind the clock, as PhysioNet's rdsamp writes it", async () => {
    const rows = Array.from({ length: 4 }, (_, i) => `'[10:00:00.0${10 + 4 * i} 31/01/2020]',${i}.5`);
    const recording = await open(`'Time and date','MLII'\n'hh:mm:ss.mmm','mV'\n${rows.join('\n')}\n`);
    expect(recording).toMatchObject({
      startTime: '2020-01-31T10:00:00',
      channels: [{ lead: 'II', samplingRateHz: 250 }],
    });
  });

  test('a date on the clock is the starting time', async () => {
    const times = ['10:00:00.000', '10:00:00.004', '10:00:00.008', '10:00:00.012'].map(
      (t, i) => `2020-01-31 ${t},${i}.5`,
    );
    const recording = await open(`timestamp,I [mV]\n${times.join('\n')}\n`);
    expect(recording).toMatchObject({ startTime: '2020-01-31T10:00:00', channels: [{ samplingRateHz: 250 }] });
  });
});
