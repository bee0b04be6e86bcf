import type { Recording } from '../ecg';

/**
 * A recording of one channel, that channel as lead I whatever the file calls it: what a hand-held device records between two hands, and what
 * the single-lead networks learned from. Only for them: measurements and findings keep the file's own name.
 */
export function asLeadOne(recording: Recording): Recording {
  return { ...recording, channels: recording.channels.map((channel) => ({ ...channel, lead: 'I', name: 'I' })) };
}
