/** 16-bit mono PCM in WAV files: the only audio format inside the pipeline. */

export interface WavAudio {
  readonly sampleRate: number;
  readonly samples: Int16Array;
}

const WAV_HEADER_BYTES = 44;
const BYTES_PER_SAMPLE = 2;

/** The header in front of `sampleCount` samples. */
export function wavHeader(sampleRate: number, sampleCount: number): Buffer {
  const header = Buffer.alloc(WAV_HEADER_BYTES);
  const dataBytes = sampleCount * BYTES_PER_SAMPLE;
  header.write('RIFF', 0);
  header.writeUInt32LE(WAV_HEADER_BYTES - 8 + dataBytes, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20); // PCM
  header.writeUInt16LE(1, 22); // mono
  header.writeUInt32LE(sampleRate, 24);
  header.writeUInt32LE(sampleRate * BYTES_PER_SAMPLE, 28);
  header.writeUInt16LE(BYTES_PER_SAMPLE, 32);
  header.writeUInt16LE(BYTES_PER_SAMPLE * 8, 34);
  header.write('data', 36);
  header.writeUInt32LE(dataBytes, 40);
  return header;
}

/** The bytes of samples, without copying them. WAV is little-endian, and so is every machine Node runs on. */
export function pcmBytes({ buffer, byteOffset, byteLength }: Int16Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

/** Reads a whole file. @throws {RangeError} if it is no 16-bit mono PCM WAV file. */
export function parseWav(file: Buffer): WavAudio {
  const isWav = file.toString('latin1', 0, 4) === 'RIFF' && file.toString('latin1', 8, 12) === 'WAVE';
  let sampleRate = 0;
  for (let at = 12; isWav && at + 8 <= file.length;) {
    const id = file.toString('latin1', at, at + 4);
    const size = file.readUInt32LE(at + 4);
    const body = at + 8;
    if (id === 'fmt ' && file.readUInt16LE(body + 2) === 1 && file.readUInt16LE(body + 14) === 16) {
      sampleRate = file.readUInt32LE(body + 4);
    }
    if (id === 'data' && sampleRate > 0) {
      // A copy, since samples must lie on an even address.
      const bytes = Uint8Array.from(file.subarray(body, Math.min(file.length, body + size) & ~1));
      return { sampleRate, samples: new Int16Array(bytes.buffer, 0, bytes.length >> 1) };
    }
    at = body + size + (size % 2);
  }
  throw new RangeError('Not a 16-bit mono PCM WAV file.');
}
