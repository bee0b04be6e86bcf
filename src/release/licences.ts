import type { Installed } from './sbom';

/** Our own licence and that of every package in the bundle, as a page without script. @param textOf the text of a package's licence, or null where it brings none */
export function licencesPage(
  own: string,
  bundled: readonly Installed[],
  textOf: (one: Installed) => string | null,
): string {
  const parts = bundled.map((one) => {
    const text = textOf(one);
    const body = text === null ? '<p>The package brings no text of its licence.</p>' : `<pre>${escaped(text)}</pre>`;
    return `<details><summary>${escaped(one.name)} ${escaped(one.version)}: ${escaped(one.license)}</summary>${body}</details>`;
  });
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Licences of EfficientECG in the browser</title>
</head>
<body>
<h1>Licences</h1>
<p>EfficientECG in the browser stands under the Apache License 2.0. Its weights were trained by us; the model card names the data and their licences.
It contains the packages below. The software bill of materials is <a href="sbom.cdx.json">sbom.cdx.json</a> (CycloneDX).</p>
<details><summary>EfficientECG in the browser: Apache-2.0</summary><pre>${escaped(own)}</pre></details>
${parts.join('\n')}
</body>
</html>
`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
