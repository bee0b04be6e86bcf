/** How time and voltage become lengths on the paper. */
export interface PaperScale {
  readonly mmPerS: number;
  /** Of the limb leads, and of every voltage that is no chest lead. */
  readonly mmPerMv: number;
  /** Of the chest leads: large ones are halved so that they do not run into one another. */
  readonly chestMmPerMv: number;
}

/** The standard of 12-lead electrocardiography (Kligfield et al., AHA/ACC/HRS 2007). */
export const STANDARD_SCALE: PaperScale = { mmPerS: 25, mmPerMv: 10, chestMmPerMv: 10 };

/** What carts and reading software offer, mm/s and mm/mV. */
export const SPEEDS = [12.5, 25, 50, 100] as const;
export const GAINS = [2.5, 5, 10, 20, 40] as const;

export const toMm = (seconds: number, { mmPerS }: Pick<PaperScale, 'mmPerS'>) => seconds * mmPerS;
export const toSeconds = (mm: number, { mmPerS }: Pick<PaperScale, 'mmPerS'>) => mm / mmPerS;
/** Height above the baseline; paper coordinates grow downwards, so it is subtracted from a y. */
export const riseMm = (mv: number, mmPerMv: number) => mv * mmPerMv;
export const toMv = (mm: number, mmPerMv: number) => mm / mmPerMv;
