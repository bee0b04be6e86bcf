/** What is written on the paper itself; the page gives it in its language. */
export interface PaperNotes {
  notRecorded(lead: string): string;
  /** @param mv the level, with one decimal */
  baselineAt(mv: number): string;
  /** @param low and high of what is shown, in `unit` */
  notToScale(low: number, high: number, unit: string): string;
}

const short = (value: number) => Number(value.toPrecision(3)).toString();

export const ENGLISH_NOTES: PaperNotes = {
  notRecorded: (lead) => `${lead} not recorded`,
  baselineAt: (mv) => `baseline at ${mv.toFixed(1)} mV`,
  notToScale: (low, high, unit) => `not to scale, ${short(low)} to ${short(high)} ${unit}`,
};
