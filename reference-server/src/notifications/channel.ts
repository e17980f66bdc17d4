/** A way to tell somebody of the end of a job. */
import type { JobEnd } from './job-end.ts';
import type { NotifyTargets } from './notify-targets.ts';

export interface Channel {
  /** What is sent for it. @throws when the target cannot be written to, which another attempt does not change */
  request(end: JobEnd, targets: NotifyTargets): ChannelRequest;
  /** Statuses after which another attempt is of no use. */
  readonly final: ReadonlySet<number>;
}

export interface ChannelRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}
