import type { Backend } from '../ecg';
import type { Words } from '../words';

const BACKEND_NAMES: Record<Backend, string> = { webgpu: 'WebGPU', wasm: 'WASM', cpu: 'CPU' };

export const backendText = (backend: Backend) => BACKEND_NAMES[backend];

/** `0:10` or `1:02:03`: a position in a recording. */
export function clock(seconds: number): string {
  const whole = Math.floor(seconds);
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const [hours = 0, ...rest] = parts;
  return hours > 0 ? [hours, ...rest.map(two)].join(':') : `${rest[0]}:${two(rest[1] ?? 0)}`;
}

const two = (value: number) => String(value).padStart(2, '0');

/** `18 s`, `30 min`, `24 h`. */
export function durationText({ seconds: inSeconds, minutes, hours }: Words, seconds: number): string {
  if (seconds < 120) return inSeconds(Number(seconds.toFixed(1)));
  if (seconds < 7200) return minutes(Math.round(seconds / 60));
  return hours(Number((seconds / 3600).toFixed(1)));
}
