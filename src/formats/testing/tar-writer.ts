/** Writes a ustar archive: a header block and the padded content for each file, two empty blocks at the end. */
export function writeTar(files: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const blocks = Object.entries(files).flatMap(([name, content]) => {
    const octal = (value: number, size: number) => `${value.toString(8).padStart(size - 1, '0')}\0`;
    const before =
      name.padEnd(100, '\0') + octal(0o644, 8) + octal(0, 8) + octal(0, 8) + octal(content.length, 12) + octal(0, 12);
    const after = `0${'\0'.repeat(100)}ustar\x0000`.padEnd(356, '\0');
    const sum = [...`${before}        ${after}`].reduce((total, letter) => total + letter.charCodeAt(0), 0);
    const header = `${before}${sum.toString(8).padStart(6, '0')}\0 ${after}`;
    const padding = new Uint8Array((512 - (content.length % 512)) % 512);
    return [...[...header].map((letter) => letter.charCodeAt(0)), ...content, ...padding];
  });
  return Uint8Array.from([...blocks, ...new Uint8Array(1024)]);
}
