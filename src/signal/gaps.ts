/** Double precision, gaps interpolated linearly between their neighbours; at an edge the nearest sample is held. */
export function bridgeGaps(samples: Float32Array): Float64Array {
  const bridged = new Float64Array(samples);
  let before = -1;
  for (let i = 0; i <= samples.length; i++) {
    if (i < samples.length && !Number.isFinite(samples[i])) continue;
    if (before === i - 1) {
      before = i;
      continue;
    }
    const left = bridged[before] ?? bridged[i] ?? 0;
    const right = bridged[i] ?? left;
    for (let k = before + 1; k < i; k++) bridged[k] = left + ((right - left) * (k - before)) / (i - before);
    before = i;
  }
  return bridged;
}
