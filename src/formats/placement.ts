import type { Warning } from '../ecg';

/** As comments, statements and transducer fields put it. */
const ON_TORSO =
  /mason.{0,3}likar|\btorso.{0,24}(electrode|lead|placement|position)|(electrode|lead|placement|position)s?\b.{0,24}\btorso/i;

/**
 * Limb electrodes that stand on the trunk (Mason and Likar, 1966), for exercise and for Holters: they turn the axis to the right and can
 * take away or add inferior Q waves (Papouchado et al., 1987).
 */
export const TORSO_ELECTRODES: Warning = {
  code: 'TORSO_ELECTRODES',
  message:
    'The file says that the limb electrodes stood on the torso (Mason-Likar): axis and inferior Q waves are not those of a standard ECG.',
};

/** @param texts whatever a file says in words of how it was recorded */
export function placementWarnings(texts: readonly string[]): readonly Warning[] {
  return texts.some((text) => ON_TORSO.test(text)) ? [TORSO_ELECTRODES] : [];
}
