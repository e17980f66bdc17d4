/** Memory for what is written now and needed no more: the kernel copies what it takes. */

/** A batch with its framing. */
const SIZE = 10 * 1024;

/**
 * Reused for each write. Readers that catch up are at places of their own, and bytes made for each of them would be
 * garbage by the megabyte before it is collected.
 */
export class Scratch {
  #buffer = Buffer.allocUnsafeSlow(SIZE);

  /** The pieces one after another; they hold until the next call. */
  join(pieces: readonly Buffer[]): Buffer {
    let end = 0;
    for (const { length } of pieces) end += length;
    if (end > SIZE) return Buffer.concat(pieces, end);
    end = 0;
    for (const piece of pieces) end += piece.copy(this.#buffer, end);
    return this.#buffer.subarray(0, end);
  }

  /** These bytes are needed for longer: if they lie here, the next ones are put elsewhere. */
  leave(bytes: Buffer): void {
    if (bytes.buffer === this.#buffer.buffer) this.#buffer = Buffer.allocUnsafeSlow(SIZE);
  }
}
