import { expect, test } from 'vitest';
import { writeEdf } from './testing/edf-writer';
import { openOne, textFile, warningCodes } from './testing/opened';
import { writeScp } from './testing/scp-writer';
import { writeRecord } from './testing/wfdb-writer';

const values = [1, 2, 3, 4];
const scp = (...configuration: readonly number[]) =>
  writeScp('a.scp', { leads: [{ code: 1, stored: values }], fields: [[33, configuration]] });

test('limb electrodes on the torso are told of where the file says so, in words or in a code', async () => {
  const [header, data] = writeRecord('r', '250', [{ format: 16, values, name: 'I' }]);
  if (!header || !data) throw new Error('no record');
  const text = new TextDecoder().decode(await header.read());
  const files = [
    [textFile('r.hea', `${text}\n# Mason-Likar electrodes`), data],
    [textFile('r.hea', `${text}\n# Lead placement: torso`), data],
    [writeEdf('a', [{ label: 'II', values }], { recording: 'Startdate X X Mason_Likar X', variant: 'EDF+C' })],
    [textFile('t.csv', 'Electrodes: Mason Likar\ntime (s),I (mV)\n0,0.1\n0.01,0.2\n0.02,0.3\n')],
    [scp(2, 0)],
    [scp(3, 0)],
  ];
  for (const some of files) expect(warningCodes(await openOne(some))).toContain('TORSO_ELECTRODES');
  const plain = [
    [header, data],
    [textFile('r.hea', `${text}\n# Pain in the torso`), data],
    [scp(1, 0)],
    [scp(0, 0)],
    [scp()],
  ];
  for (const some of plain) expect(warningCodes(await openOne(some))).not.toContain('TORSO_ELECTRODES');
});
