import { gridLines, type Line } from '../paper';

/** The grid under beats, in millimetres. */
export function BeatPaper({ widthMm, heightMm }: { readonly widthMm: number; readonly heightMm: number }) {
  const [across, down] = [gridLines(widthMm), gridLines(heightMm)];
  const path = (xs: readonly number[], ys: readonly number[]) =>
    [...xs.map((x) => `M${x} 0V${heightMm}`), ...ys.map((y) => `M0 ${y}H${widthMm}`)].join('');
  return (
    <>
      <path className="print-fine" d={path(across.fine, down.fine)} />
      <path className="print-bold" d={path(across.bold, down.bold)} />
    </>
  );
}

/** Hundredths of a millimetre are enough for a screen. */
export function linePath({ x, y }: Line): string {
  let [pen, path] = ['M', ''];
  for (let i = 0; i < x.length; i++) {
    const at = y[i] ?? Number.NaN;
    if (Number.isNaN(at)) pen = 'M';
    else {
      path += `${pen}${(x[i] ?? 0).toFixed(2)} ${at.toFixed(2)}`;
      pen = 'L';
    }
  }
  return path;
}
