/**
 * Lead numbers of EN 1064 (SCP-ECG, 5.6.3), which are also the low part of ISO 11073-10102's MDC_ECG_LEAD codes (131072 + n) and DICOM's `2:n`
 * and `5.6.3-9-n`. Those that are no standard lead keep their own name; numbers that are not listed have none here.
 */
const NAMES = new Map<number, string>([
  ...listed(1, 'I II V1 V2 V3 V4 V5 V6 V7 V2R V3R V4R V5R V6R V7R X Y Z CC5 CM5 LA RA LL'),
  ...listed(61, 'III aVR aVL aVF -aVR V8 V9 V8R V9R'),
  ...listed(86, 'C V VR VL VF MCL MCL1 MCL2 MCL3 MCL4 MCL5 MCL6'),
]);

/** The lead of a number of EN 1064, or `lead code n`. */
export function leadOfCode(code: number): string {
  return NAMES.get(code) ?? `lead code ${code}`;
}

function listed(first: number, names: string): [number, string][] {
  return names.split(' ').map((name, index) => [first + index, name]);
}
