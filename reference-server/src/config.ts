/** Every setting of the server: environment in, checked values out. */
import { resolve } from 'node:path';
import { z } from 'zod';

const flag = z
  .enum(['0', '1', 'true', 'false'])
  .default('0')
  .transform((value) => value === '1' || value === 'true');
const isOrigin = (text: string): boolean => URL.canParse(text) && new URL(text).origin === text;
const milliseconds = (preset: number) => z.coerce.number('must be a number').int().min(10).default(preset);

const schema = z.object({
  /** Port to listen on; 0 takes a free one. */
  PORT: z.coerce.number('must be a number').int().min(0).max(65_535).default(5005),
  /** Address to listen on. There is no sign-in yet, so anything but loopback is refused. */
  AURA_HOST: z.enum(['127.0.0.1', '::1', 'localhost']).default('127.0.0.1'),
  /** Folder for the database, workspaces and artifacts. */
  AURA_DATA_DIR: z.string().min(1).default('.aura'),
  /** Origins whose pages may call this server, separated by commas. Pages on this machine always may. */
  AURA_ALLOWED_ORIGINS: z
    .string()
    .default('')
    .transform((list) => list.split(',').flatMap((origin) => origin.trim() || []))
    .refine((origins) => origins.every(isOrigin), 'must be origins such as https://example.com, without a path'),
  /** Jobs that run at the same time. A render uses every core it gets. */
  AURA_CONCURRENCY: z.coerce.number('must be a number').int().min(1).max(64).default(1),
  /** Silence on a stream after which a comment is sent, in ms (guide: 10 s). */
  AURA_KEEPALIVE_MS: milliseconds(10_000),
  /** Longest life of one stream, in ms (guide: 5 minutes). */
  AURA_STREAM_MAX_MS: milliseconds(300_000),
  /** Silence of a job after which a warning is sent, in ms. */
  AURA_STALL_AFTER_MS: milliseconds(120_000),
  /** Longest time for one pipeline stage, in ms. */
  AURA_STAGE_TIMEOUT_MS: milliseconds(3_600_000),
  /** FFmpeg to use; else `ffmpeg` on the PATH, else the one from npm. */
  AURA_FFMPEG_PATH: z.string().min(1).optional(),
  /** Accept `{ "preset": "simulated" }`. */
  AURA_ALLOW_SIMULATION: flag,
  /** Least severity that is logged. */
  AURA_LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('warn'),
});

export interface Config {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  readonly allowedOrigins: readonly string[];
  readonly concurrency: number;
  readonly keepAliveMs: number;
  readonly streamMaxMs: number;
  readonly stallAfterMs: number;
  readonly stageTimeoutMs: number;
  readonly ffmpegPath: string | undefined;
  readonly allowSimulation: boolean;
  readonly logLevel: string;
  /** Names that look like settings but are none: misspelt, as a rule. */
  readonly unknown: readonly string[];
}

/**
 * Settings from environment variables; what is not set has a default.
 *
 * @throws {Error} names each variable that is wrong, and how
 * @example readConfig({ PORT: '0', AURA_ALLOW_SIMULATION: '1' })
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  // What is set to nothing is not set.
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const result = schema.safeParse(given);
  if (!result.success) {
    const wrong = result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw new Error(`The configuration is not valid.\n${wrong.join('\n')}`);
  }
  const env = result.data;
  return {
    port: env.PORT,
    host: env.AURA_HOST,
    dataDir: resolve(env.AURA_DATA_DIR),
    allowedOrigins: env.AURA_ALLOWED_ORIGINS,
    concurrency: env.AURA_CONCURRENCY,
    keepAliveMs: env.AURA_KEEPALIVE_MS,
    streamMaxMs: env.AURA_STREAM_MAX_MS,
    stallAfterMs: env.AURA_STALL_AFTER_MS,
    stageTimeoutMs: env.AURA_STAGE_TIMEOUT_MS,
    ffmpegPath: env.AURA_FFMPEG_PATH,
    allowSimulation: env.AURA_ALLOW_SIMULATION,
    logLevel: env.AURA_LOG_LEVEL,
    unknown: Object.keys(given).filter((name) => name.startsWith('AURA_') && !(name in schema.shape)),
  };
}
