import type { DipoleTrack } from './dipole';
import type { Random } from './random';

/**
 * Fibrillatory waves added to a dipole track: a sawtooth of three harmonics whose rate and height wander (Stridh and Sörnmo 2001),
 * about 0.08 mV in V1 and smaller in II.
 */
export function addFibrillatoryWaves(track: DipoleTrack, samplingRateHz: number, draw: Random): void {
  const baseHz = 5.5 + 1.5 * draw.uniform();
  const sway = { hz: 0.2 + 0.2 * draw.uniform(), phase: 2 * Math.PI * draw.uniform() };
  let phase = 2 * Math.PI * draw.uniform();
  let jitter = 0;
  for (let n = 0; n < track.x.length; n++) {
    const t = n / samplingRateHz;
    jitter += (draw.normal() * 2.5 * Math.sqrt(samplingRateHz / 500) - jitter) * (1 / samplingRateHz) * 4;
    phase +=
      (2 * Math.PI * (baseHz + 0.4 * Math.sin(2 * Math.PI * sway.hz * t + sway.phase) + jitter)) / samplingRateHz;
    const height = 1 + 0.3 * Math.sin(2 * Math.PI * 0.6 * sway.hz * t) + 0.25 * Math.sin(0.37 * phase);
    const saw = height * (Math.sin(phase) + 0.4 * Math.sin(2 * phase + 0.3) + 0.15 * Math.sin(3 * phase + 0.5));
    track.x[n] = (track.x[n] ?? 0) - 0.012 * saw;
    track.y[n] = (track.y[n] ?? 0) + 0.022 * saw;
    track.z[n] = (track.z[n] ?? 0) - 0.05 * saw;
  }
}

/**
 * Ventricular fibrillation added to a dipole track: three rotors of 4 to 7 Hz that drift in rate, height and direction. No beat in it.
 */
export function addVentricularFibrillation(track: DipoleTrack, samplingRateHz: number, draw: Random): void {
  for (let rotor = 0; rotor < 3; rotor++) {
    const hz = 4.2 + 2.6 * draw.uniform();
    const drifts = [0, 1, 2].map(() => ({ hz: 0.15 + 0.6 * draw.uniform(), phase: 2 * Math.PI * draw.uniform() }));
    let phase = 2 * Math.PI * draw.uniform();
    let jitter = 0;
    for (let n = 0; n < track.x.length; n++) {
      const t = n / samplingRateHz;
      jitter += (6 * draw.normal() * Math.sqrt(samplingRateHz / 500) - jitter) * (3 / samplingRateHz);
      phase += (2 * Math.PI * (hz + jitter)) / samplingRateHz;
      const [a, b, c] = drifts.map((d) => Math.sin(2 * Math.PI * d.hz * t + d.phase));
      const wave = 0.22 * (Math.sin(phase) + 0.25 * Math.sin(2 * phase + 1));
      track.x[n] = (track.x[n] ?? 0) + wave * (a ?? 0);
      track.y[n] = (track.y[n] ?? 0) + wave * (0.6 + (b ?? 0));
      track.z[n] = (track.z[n] ?? 0) + wave * (c ?? 0);
    }
  }
}
