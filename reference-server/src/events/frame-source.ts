/** What readers read: the frames of one job or of several, in the order of their ids. */
import type { Wake } from './audience.ts';
import type { Batch, Frame } from './frame.ts';

export interface FrameSource {
  /** Missing when it is more than one job. */
  readonly jobId?: string;
  readonly correlationId: string;
  /** Every job has ended: nothing is added any more. */
  readonly ended: boolean;
  readonly lastId: string | undefined;
  /** Whether a reader can go on after this id without losing or repeating anything. */
  knows(id: string): Promise<boolean>;
  /** The current state, for a first connection (rule 4). */
  greeting(): Frame[];
  /** A reader's place after an id; `undefined`: before everything that is there. */
  cursorAfter(id: string | undefined): FrameCursor;
  /** Calls `wake` after frames were added. @returns a function that ends it */
  follow(wake: Wake): () => void;
}

/** One reader's place. What was handed out is behind it. */
export interface FrameCursor {
  /** The newest id behind it. */
  readonly position: string | undefined;
  /** Everything was handed out, and nothing is added any more. */
  readonly ended: boolean;
  /**
   * The frames that come next, none at the end; `undefined` when they have to be read from the log.
   *
   * @param upTo the last one of interest; there may be more
   */
  next(upTo?: string): Batch | undefined;
  /** The same from the log; `undefined` when the log is gone. */
  read(): Promise<Batch | undefined>;
}
