/** float32 exponents begin so much lower than float16's. */
const EXPONENT_SHIFT = 127 - 15;

/**
 * IEEE 754 binary16 to float32, exactly, bits to bits: a network has a million of them.
 *
 * @param bytes little endian, two a number
 */
export function float16ToFloat32(bytes: Uint8Array): Float32Array<ArrayBuffer> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const numbers = new Float32Array(bytes.byteLength / 2);
  const words = new Uint32Array(numbers.buffer);
  for (let i = 0; i < numbers.length; i++) {
    const half = view.getUint16(2 * i, true);
    const sign = half & 0x8000;
    const exponent = (half >> 10) & 0x1f;
    const fraction = half & 0x3ff;
    if (exponent === 0) numbers[i] = (sign ? -1 : 1) * fraction * 2 ** -24;
    else words[i] = (sign << 16) | ((exponent === 31 ? 255 : exponent + EXPONENT_SHIFT) << 23) | (fraction << 13);
  }
  return numbers;
}
