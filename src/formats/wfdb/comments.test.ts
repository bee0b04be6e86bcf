import { expect, test } from 'vitest';
import { readRemarks } from './comments';

test.each([
  [['69 M 1085 1629 x1'], 69, 'male'],
  [['-1 M 1085 1629 x1'], null, 'male'],
  [['age: 81', 'sex: female'], 81, 'female'],
  [['Age: 45', 'Sex: Male'], 45, 'male'],
  [['<age>: 25  <sex>: M  <diagnoses>: (none)'], 25, 'male'],
  [['<age>: 71', '<sex>: F'], 71, 'female'],
  [['Age: NaN', 'Sex: Unknown'], null, 'unknown'],
  [[], null, 'unknown'],
])('%j', (comments, ageYears, sex) => {
  const { patient, warnings } = readRemarks(comments);
  expect(patient).toMatchObject({ ageYears, sex });
  expect(patient.ageOrigin).toBe(ageYears === null ? 'none' : 'file');
  expect(patient.sexOrigin).toBe(sex === 'unknown' ? 'none' : 'file');
  expect(warnings).toEqual([]);
});

test('an age or sex that cannot be understood is a warning, not a guess', () => {
  const { patient, warnings } = readRemarks(['age: 300', 'sex: 7']);
  expect(patient).toMatchObject({ ageYears: null, sex: 'unknown' });
  expect(warnings.map(({ code }) => code)).toEqual(['PATIENT_UNREADABLE', 'PATIENT_UNREADABLE']);
});

test('diagnoses in the forms of LUDB, PTB and the challenges', () => {
  expect(readRemarks(['<diagnoses>:', 'Rhythm: Sinus rhythm.', 'I degree AV block.', '<x>: y']).statements).toEqual([
    'Rhythm: Sinus rhythm.',
    'I degree AV block.',
  ]);
  expect(
    readRemarks(['Reason for admission: Myocardial infarction', 'Former infarction (localization): no']).statements,
  ).toEqual(['Reason for admission: Myocardial infarction']);
  expect(readRemarks(['Dx: 426783006']).statements).toEqual(['Dx: 426783006']);
  expect(readRemarks(['<age>: 25  <sex>: M  <diagnoses>: (none)']).statements).toEqual([]);
});
