/** One bar of a chart: a ratio, and the most that it may be. */
export interface Bar {
  readonly name: string;
  readonly ratio: number;
  readonly target: number;
}

const ROW = 34;
const LEFT = 260;
const SCALE = 320;
const MOST = 1.5;

/** Ratios as bars with a mark where each should end, as SVG. */
export function chart(title: string, bars: readonly Bar[]): string {
  const x = (ratio: number) => LEFT + SCALE * Math.min(ratio, MOST);
  const rows = bars.map(({ name, ratio, target }, i) => {
    const y = 44 + i * ROW;
    return `<text x="${LEFT - 10}" y="${y + 14}" text-anchor="end">${name}</text>
<rect x="${LEFT}" y="${y}" width="${x(ratio) - LEFT}" height="20" fill="${ratio <= target ? '#3a7d44' : '#b3541e'}"/>
<line x1="${x(target)}" x2="${x(target)}" y1="${y - 4}" y2="${y + 24}" stroke="#222" stroke-width="2"/>
<text x="${x(Math.max(ratio, target)) + 8}" y="${y + 14}">${ratio.toFixed(2)} (at most ${target})</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="880" height="${60 + bars.length * ROW}" font-family="sans-serif" font-size="13">
<title>${title}</title>
<rect width="100%" height="100%" fill="#fff"/>
<text x="10" y="24" font-size="15">${title}</text>
${rows.join('\n')}
</svg>
`;
}
