/** Hands a file to the browser's downloads. */
export function download(name: string, type: string, parts: readonly BlobPart[]) {
  const url = URL.createObjectURL(new Blob([...parts], { type }));
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.download = name;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
