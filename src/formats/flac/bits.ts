/** Thrown inside the decoder when a frame contradicts the format or ends early; the stream turns it into an `EcgError`. */
export class FlacDamage extends Error {}

/** Thrown when the bytes end inside a frame. */
export class FlacEnd extends FlacDamage {}

/** Reads bits from the most significant on, as FLAC packs them. */
export class BitReader {
  private bit: number;

  /** @param start byte at which reading begins */
  constructor(
    private readonly bytes: Uint8Array,
    start: number,
  ) {
    this.bit = 8 * start;
  }

  /** The byte in which the next bit lies. */
  get byte(): number {
    return this.bit >> 3;
  }

  /** An unsigned number of 0 to 32 bits. Throws FlacEnd at the end of the bytes. */
  unsigned(count: number): number {
    if (this.bit + count > 8 * this.bytes.length) throw new FlacEnd('the end of the bytes inside a frame');
    let value = 0;
    for (let left = count; left > 0; ) {
      const used = this.bit & 7;
      const take = Math.min(8 - used, left);
      const part = ((this.bytes[this.bit >> 3] ?? 0) >> (8 - used - take)) & ((1 << take) - 1);
      value = value * 2 ** take + part;
      this.bit += take;
      left -= take;
    }
    return value;
  }

  /** A two's complement number of 0 to 32 bits. */
  signed(count: number): number {
    const value = this.unsigned(count);
    return count > 0 && value >= 2 ** (count - 1) ? value - 2 ** count : value;
  }

  /** How many zeros come before the next one, which is taken too. */
  unary(): number {
    let zeros = 0;
    for (;;) {
      const used = this.bit & 7;
      if (this.bit >= 8 * this.bytes.length) throw new FlacEnd('the end of the bytes inside a frame');
      const rest = ((this.bytes[this.bit >> 3] ?? 0) << used) & 0xff;
      if (rest === 0) {
        zeros += 8 - used;
        this.bit += 8 - used;
        continue;
      }
      const lead = Math.clz32(rest) - 24;
      this.bit += lead + 1;
      return zeros + lead;
    }
  }

  /** Goes to the next byte's begin, if inside one. */
  align(): void {
    this.bit = (this.bit + 7) & ~7;
  }
}
