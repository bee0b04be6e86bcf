/** FLAC's checksums (RFC 9639, sections 9.1.8 and 9.3): polynomials x⁸+x²+x+1 and x¹⁶+x¹⁵+x²+1, from zero. */
export function crc8(bytes: Uint8Array): number {
  return bytes.reduce((crc, byte) => CRC8[crc ^ byte] ?? 0, 0);
}

export function crc16(bytes: Uint8Array): number {
  return bytes.reduce((crc, byte) => ((crc << 8) & 0xffff) ^ (CRC16[(crc >> 8) ^ byte] ?? 0), 0);
}

function table(width: 8 | 16, polynomial: number): Uint16Array {
  const top = 2 ** (width - 1);
  return Uint16Array.from({ length: 256 }, (_, byte) => {
    let crc = byte << (width - 8);
    for (let i = 0; i < 8; i++) crc = crc & top ? (crc << 1) ^ polynomial : crc << 1;
    return crc;
  });
}

const CRC8 = table(8, 0x107);
const CRC16 = table(16, 0x18005);
