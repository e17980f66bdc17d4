/** Where a session writes: one reader, in the form that it reads. */
import type { Batch, Frame } from './frame.ts';

/** Why a session ends. */
export type Ending =
  /** Nothing more will come. */
  | 'complete'
  /** The job was deleted. */
  | 'gone'
  /** It has lasted long enough. */
  | 'rotation'
  /** The server stops. */
  | 'shutdown'
  /** The log cannot be read. */
  | 'trouble';

/** When the reader is to come back, in ms; at a rotation the server is well, so it may be soon. */
export const RETRY_MS: Readonly<Partial<Record<Ending, number>>> = { rotation: 500, shutdown: 2000, trouble: 2000 };

export interface SinkListener {
  /** The reader is ready for more. */
  drained(): void;
  /** The reader is gone. */
  closed(): void;
}

export interface Sink {
  /** Called once, before anything is written. */
  open(listener: SinkListener): void;
  /** @returns false when the reader has to be waited for; `drained` follows */
  write(batch: Batch): boolean;
  /** Everything that is there was written. */
  caughtUp?(): void;
  /** Breaks a silence. @returns as {@link write} */
  keepAlive(): boolean;
  /** Ends in order; `closed` follows. @param word told to the reader first, if there is a way */
  end(ending: Ending, word?: Frame): void;
}
