import type { Ecg, Lead } from '../ecg';
import { clamp, handlesOf, limitsOf, nextHandle, waveBands } from '../paper';
import { sheetOf } from './paper-settings';
import { currentItem, type Page } from './state';

/** One sample of a lead, seconds: the finest that a mark can be set. */
export function stepOf(ecg: Ecg, name: Lead): number {
  return 1 / (ecg.leads.find(({ lead }) => lead === name)?.samplingRateHz ?? 500);
}

/** The nearest sample. */
export const snapped = (timeS: number, stepS: number) => Math.round(timeS / stepS) * stepS;

/** Selects the mark before or after on the sheet; the waves are shown for it. True where there is one. */
export function selectNext(page: Page, step: number): boolean {
  const { words, ecg, paper, selectedMark, showWaves } = page;
  const waves = currentItem(page)?.reading.waves;
  if (!ecg || !waves) return false;
  const sheet = sheetOf(words, ecg, paper);
  const handles = waveBands(sheet, ecg.leads, waves).flatMap((band) => handlesOf(band, sheet.scale));
  const next = nextHandle(handles, selectedMark, step);
  if (!next) return false;
  if (!showWaves) page.toggleWaves();
  page.selectMark(next);
  return true;
}

/** Moves the selected mark by samples. */
export function moveSelected(page: Page, samples: number): boolean {
  const { ecg, selectedMark } = page;
  if (!ecg || !selectedMark) return false;
  const { lead, kind, peakS, boundary } = selectedMark;
  const own = currentItem(page)?.reading.waves[lead];
  const wave = own?.[kind].find(({ peak }) => peak === peakS);
  if (!own || !wave) return false;
  const stepS = stepOf(ecg, lead);
  const timeS = snapped(wave[boundary], stepS) + samples * stepS;
  void page.setMark({ lead, kind, peakS, boundary, timeS: clamp(timeS, limitsOf(own, selectedMark, stepS)) });
  return true;
}
