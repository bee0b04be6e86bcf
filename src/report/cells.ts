/** A text that a spreadsheet can neither split nor run as a formula (OWASP, CSV injection). */
export function cell(text: string): string {
  const inert = /^[\s]*[=+\-@]|^[\t\r\n]/.test(text) ? `'${text}` : text;
  return /[",;\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
