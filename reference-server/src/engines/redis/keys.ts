/**
 * Where everything lies in Redis. One hash tag holds all keys of a deployment together, so that a script may touch
 * several of them also on Redis Cluster.
 */
const TAG = '{aura}';

/** Prefix of BullMQ's own keys. */
export const QUEUE_PREFIX = `${TAG}:bull`;
export const QUEUE_NAME = 'jobs';

export const keys = {
  /** Newest event id: `ms` and `counter`. */
  clock: `${TAG}:clock`,
  /** Everything that processes have to be told, in the order of the clock; cut to a length. */
  feed: `${TAG}:feed`,
  /** Ended jobs by the time of their end. */
  ends: `${TAG}:ends`,
  /** A job's events: the log. */
  events: (jobId: string): string => `${TAG}:events:${jobId}`,
  /** What is known of a job's log: the id of its `end`, and who appended what last. */
  log: (jobId: string): string => `${TAG}:log:${jobId}`,
  /** A job's `record`, `owner`, `position`, `key`, `cancel`, `pause` and `provider`. */
  job: (jobId: string): string => `${TAG}:job:${jobId}`,
  /** All jobs, and those of an owner, in the order of their creation. */
  jobs: `${TAG}:jobs`,
  jobsOf: (ownerId: string): string => `${TAG}:jobs-of:${ownerId}`,
  /** The number of the newest job: orders jobs of one millisecond. */
  jobNumber: `${TAG}:job-number`,
  /** An owner's idempotency keys and their jobs. */
  idempotency: (ownerId: string): string => `${TAG}:keys-of:${ownerId}`,
  /** Jobs that were never handed to the queue. */
  unqueued: `${TAG}:unqueued`,
  /** An owner's jobs that wait or run. */
  busy: (ownerId: string): string => `${TAG}:busy:${ownerId}`,
  /** An owner's jobs that shall rest. */
  paused: (ownerId: string): string => `${TAG}:paused:${ownerId}`,
  /** BullMQ's own record of a job, while it waits or runs. Its field `aura` says how the run stands to the queue. */
  queued: (jobId: string): string => `${QUEUE_PREFIX}:${QUEUE_NAME}:${jobId}`,
  /** BullMQ's proof of who runs a job: gone or changed when the job went to another worker. */
  lock: (jobId: string): string => `${QUEUE_PREFIX}:${QUEUE_NAME}:${jobId}:lock`,
  /** The ledger's entry of a job; entries by age, of all and of an owner; bytes by owner. */
  files: (jobId: string): string => `${TAG}:files:${jobId}`,
  allFiles: `${TAG}:all-files`,
  filesOf: (ownerId: string): string => `${TAG}:files-of:${ownerId}`,
  space: `${TAG}:space`,
  /** Deliveries (`channel:job`) by the time when they are due; those that wait for the end of their job are due never. */
  outbox: `${TAG}:outbox`,
  /** Attempts at a job's deliveries, by channel. */
  deliveries: (jobId: string): string => `${TAG}:deliveries:${jobId}`,
  /** Processes that give signs of life, by the time until which they count. */
  processes: `${TAG}:processes`,
  /** Who holds how many slots of a kind. */
  slots: (name: string): string => `${TAG}:slots:${name}`,
  rate: `${TAG}:rate`,
  signingKey: `${TAG}:signing-key`,
  check: `${TAG}:check`,
} as const;
