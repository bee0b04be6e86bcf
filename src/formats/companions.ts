import type { ByteSource } from '../ecg';
import { isLitter } from './archive/packed';
import { list } from './channels';
import type { Claim } from './reader';
import { baseName } from './sources';

/** What databases put beside their recordings: descriptions, licences, lists of records, checksums. */
const NAMED =
  /^(readme|licen[cs]e|copying|notice|authors|changelog|changes|citation|index|(records|annotators)([-_]\w+)?|(sha256|sha1|md5)sums?)(\.(txt|md|rst|html?|rtf|cff|bib|pdf|docx?))?$/i;
const DOCUMENT = /\.(pdf|docx?|rtf|odt|md|rst|html?|url|txt|png|jpe?g|gif|svg|tiff?|bmp)$/i;

/**
 * The claims without those that only say that a description, a licence or what a system leaves is no ECG, where there are ECGs to open;
 * the first of these says what was passed over. Documents of other names are passed over in archives alone: whoever drops one by itself
 * is told.
 *
 * @param dropped the files as they were dropped: what is not among them came out of an archive
 */
export function withoutCompanions(claims: readonly Claim[], dropped: readonly ByteSource[]): readonly Claim[] {
  const loose = new Set(dropped);
  const isCompanion = ({ parts: [file], unread }: Claim) =>
    file !== undefined &&
    (isLitter(file.name) ||
      NAMED.test(baseName(file.name)) ||
      (unread === true && !loose.has(file) && DOCUMENT.test(file.name)));
  const kept = claims.filter((claim) => !isCompanion(claim));
  const [first, ...others] = kept;
  if (!first || kept.length === claims.length) return claims;
  const passed = claims.flatMap((claim) => (isCompanion(claim) ? claim.parts.map(({ name }) => name) : []));
  return [telling(first, passed.filter((name) => !isLitter(name)).map(baseName)), ...others];
}

/** The claim whose recording says which files beside it are no ECGs. */
function telling(claim: Claim, names: readonly string[]): Claim {
  if (names.length === 0) return claim;
  return {
    ...claim,
    open: async (options) => {
      const recording = await claim.open(options);
      const message = `Beside the ECGs and no ECG: ${list(names)}.`;
      return { ...recording, warnings: [...recording.warnings, { code: 'FILE_IGNORED', message }] };
    },
  };
}
