import { buildId } from '../release/sealed';
import { currentItem, type PageState, phaseOf } from './state';

/**
 * What whoever mends this program needs to know, as text to copy: build, model, backend and why, browser, and the last failure by its code.
 * Nothing of a patient or of a file's name is in it.
 */
export async function diagnostics(page: PageState): Promise<string> {
  const { engine, failure, items } = page;
  const item = currentItem(page);
  const { recording, source } = item?.reading ?? {};
  const error = failure ?? item?.reading.error ?? null;
  const { hardwareConcurrency, language, userAgent } = navigator;
  const lines = {
    build: await buildId().catch(() => null),
    model: engine && `${engine.card.id} ${engine.card.version}`,
    weights: engine && Object.values(engine.card.weights.sha256).join(' '),
    backend: engine && `${engine.backend}: ${engine.reason}`,
    'ms of the network': item?.reading.model?.inferenceMs,
    state: phaseOf(page),
    recordings: items.length,
    'open recording':
      recording &&
      `${source?.format}, ${source?.bytes} bytes, ${recording.leads.length} leads, ${recording.samplingRateHz} Hz, ${recording.durationS} s`,
    warnings: item?.reading.warnings.map(({ code }) => code).join(' '),
    error: error?.code,
    browser: userAgent,
    languages: `${page.words.language}, ${language}`,
    cores: hardwareConcurrency,
    isolated: window.crossOriginIsolated,
    webgpu: 'gpu' in navigator,
    window: `${window.innerWidth} x ${window.innerHeight}, ${window.devicePixelRatio} device pixels in a pixel`,
    address: `${window.location.origin}${window.location.pathname}${new URLSearchParams(window.location.search).get('backend') ?? ''}`,
  };
  return Object.entries(lines)
    .map(([name, value]) => `${name}: ${value === null || value === undefined || value === '' ? '-' : value}`)
    .join('\n');
}
