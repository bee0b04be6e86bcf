import { BACKENDS, type Backend, EcgError } from '../ecg';

/** What the page's address asks for: `?model=`, `?backend=`, `?demo=`. */
export interface Asked {
  readonly model: string;
  /** As it is written there: {@link knownBackend}. */
  readonly backend: string | null;
  readonly demo: string | null;
}

const DEFAULT_MODEL = 'efficientecg';

export function asked(search: string): Asked {
  const parameters = new URLSearchParams(search);
  return {
    model: parameters.get('model') ?? DEFAULT_MODEL,
    backend: parameters.get('backend'),
    demo: parameters.get('demo'),
  };
}

/** Throws EcgError BACKEND_UNAVAILABLE for a name that no backend has. */
export function knownBackend(wanted: string | null): Backend | 'auto' {
  if (wanted === null || wanted === 'auto') return 'auto';
  const backend = BACKENDS.find((known) => known === wanted);
  if (backend) return backend;
  throw new EcgError('BACKEND_UNAVAILABLE', `There is no backend "${wanted}".`, { expected: BACKENDS.join(', ') });
}
