/** How time and voltage become lengths on the paper. */
export interface PaperScale {
  readonly mmPerS: number;
  readonly mmPerMv: number;
}

/** The standard of 12-lead electrocardiography (Kligfield et al., AHA/ACC/HRS 2007). */
export const STANDARD_SCALE: PaperScale = { mmPerS: 25, mmPerMv: 10 };

export const toMm = (seconds: number, { mmPerS }: PaperScale) => seconds * mmPerS;
export const toSeconds = (mm: number, { mmPerS }: PaperScale) => mm / mmPerS;
/** Height above the baseline; paper coordinates grow downwards, so it is subtracted from a y. */
export const riseMm = (mv: number, { mmPerMv }: PaperScale) => mv * mmPerMv;
export const toMv = (mm: number, { mmPerMv }: PaperScale) => mm / mmPerMv;

/** `25 mm/s   10 mm/mV`: as a cart prints it at the paper's edge. */
export const scaleText = ({ mmPerS, mmPerMv }: PaperScale) => `${mmPerS} mm/s   ${mmPerMv} mm/mV`;
