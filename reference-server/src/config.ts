/** Every setting of the server: environment in, checked values out. */
import { join, resolve } from 'node:path';
import { z } from 'zod';
import type { ArtifactPlace } from './artifacts/open-artifact-store.ts';
import { parseApiKey } from './auth/api-keys.ts';
import type { AuthConfig } from './auth/sign-in.ts';
import { DEFAULT_LIMITS, NO_LIMITS } from './limits/limits.ts';
import type { Limits } from './limits/limits.ts';
import type { LlmOptions } from './pipeline/script/llm/llm-writer.ts';
import type { ScriptProviderName } from './pipeline/script/script-providers.ts';
import type { Providers } from './pipeline/with-providers.ts';
import { notifyConfigOf, notifyVariables } from './notifications/notify-config.ts';
import type { NotifyConfig } from './notifications/notify-config.ts';

const flag = z
  .enum(['0', '1', 'true', 'false'])
  .default('0')
  .transform((value) => value === '1' || value === 'true');
const isOrigin = (text: string): boolean => URL.canParse(text) && new URL(text).origin === text;
const isLoopback = (host: string): boolean => /^(localhost|127(\.\d{1,3}){3}|::1)$/i.test(host);
/** Keys travel only where nobody can change them: over https, or on this machine. */
const isSafeUrl = (text: string): boolean => {
  const { protocol, hostname } = URL.canParse(text) ? new URL(text) : { protocol: '', hostname: '' };
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname.replace(/^\[|\]$/g, '')));
};
const isRedisUrl = (text: string): boolean =>
  URL.canParse(text) && ['redis:', 'rediss:'].includes(new URL(text).protocol) && new URL(text).hostname !== '';
/** Names of buckets are those that every S3 takes. */
const BUCKET = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/+(.*?))?\/*$/;
const isArtifactPlace = (text: string): boolean => BUCKET.test(text) || !/^[a-z0-9+.-]+:\/\//i.test(text);
const list = z
  .string()
  .default('')
  .transform((items) => items.split(',').flatMap((item) => item.trim() || []));
const apiKeys = list.transform((entries, context) =>
  entries.flatMap((entry, index) => {
    const key = parseApiKey(entry);
    if (key) return key;
    // The entry itself is a secret.
    const message = `entry ${index + 1} must be owner:key, with a key of 16 characters or more, or owner:sha256:<hash in hex>`;
    context.addIssue({ code: 'custom', message });
    return [];
  }),
);
/** Where a language model is served: nothing of a secret in it, and nothing that the path could not follow. */
const isServiceUrl = (text: string): boolean => {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, search, hash } = new URL(text);
  return /^https?:$/.test(protocol) && `${username}${password}${search}${hash}` === '' && !/[?#]$/.test(text);
};
const scriptProviders = z
  .enum(['llm', 'offline', 'llm,offline', 'offline,llm'], 'must be llm, offline, or both, as in llm,offline')
  .transform((names) => names.split(',') as unknown as Providers<ScriptProviderName>)
  .optional();
const whole = (min: number, max = Number.MAX_SAFE_INTEGER) => {
  const range = max < Number.MAX_SAFE_INTEGER ? `from ${min} to ${max}` : `of ${min} or more`;
  return z.coerce.number(`must be a whole number ${range}`).int().min(min).max(max);
};
const atMost = whole(0).optional();
const milliseconds = (preset: number) => whole(10).default(preset);

const schema = z.object({
  /** Port to listen on; 0 takes a free one. */
  PORT: whole(0, 65_535).default(5005),
  /** Address to listen on. Anything but loopback needs sign-in, and something before it that speaks TLS. */
  AURA_HOST: z.string().min(1).default('127.0.0.1'),
  /** Folder for the database, workspaces and artifacts. With Redis: one that all processes share, without the database; beside a bucket it need not be shared. */
  AURA_DATA_DIR: z.string().min(1).default('.aura'),
  /** Where videos and other artifacts are kept: `s3://bucket` or `s3://bucket/path` for an S3-compatible store, or a folder; by default one in the data folder. */
  AURA_ARTIFACTS: z.string().refine(isArtifactPlace, 'must be a folder, s3://bucket or s3://bucket/path').optional(),
  /** Address of an S3-compatible store that is not Amazon's. Credentials are found as the AWS tools find them. */
  AWS_ENDPOINT_URL: z.string().refine(isServiceUrl, 'must be an http or https address').optional(),
  /** The same for S3 alone. */
  AWS_ENDPOINT_URL_S3: z.string().refine(isServiceUrl, 'must be an http or https address').optional(),
  /** The bucket's region. */
  AWS_REGION: z.string().default('us-east-1'),
  /** Redis 6.2 or newer, `redis://…` or `rediss://…`: keeps jobs and events for any number of processes. Not set: one process keeps them in a file. */
  AURA_REDIS_URL: z.string().refine(isRedisUrl, 'must be redis://host:port or rediss://host:port').optional(),
  /** How many replicas of that Redis must have what is acknowledged and shown: 1 or more where one of them may take over. */
  AURA_REDIS_REPLICAS: whole(0, 10).default(0),
  /** What this process does: `api` answers, `worker` runs jobs, `all` does both. */
  AURA_ROLE: z.enum(['api', 'worker', 'all']).default('all'),
  /** With Redis: how long a worker may be silent before its jobs go to another one, in ms. */
  AURA_TAKE_OVER_AFTER_MS: z.coerce.number('must be a number').int().min(1000).default(20_000),
  /** Origins whose pages may call this server, separated by commas. Pages on this machine always may. */
  AURA_ALLOWED_ORIGINS: list.refine(
    (origins) => origins.every(isOrigin),
    'must be origins such as https://example.com, without a path',
  ),
  /** Callers show a JSON Web Token signed with this secret; `sub` is the owner. */
  AURA_AUTH_JWT_SECRET: z.string().min(32, 'must have at least 32 characters').optional(),
  /** Callers show a JSON Web Token signed with a key that is published here. */
  AURA_AUTH_JWKS_URL: z.string().refine(isSafeUrl, 'must be an https address').optional(),
  /** Tokens must be from this issuer. */
  AURA_AUTH_ISSUER: z.string().optional(),
  /** Tokens must be for this audience. */
  AURA_AUTH_AUDIENCE: z.string().optional(),
  /** Callers show one of these keys: `owner:key` or `owner:sha256:<hash in hex>`, separated by commas. */
  AURA_AUTH_API_KEYS: apiKeys,
  /** Owners who see and may do everything, separated by commas; so do tokens with the scope `admin`. */
  AURA_AUTH_ADMINS: list,
  /** Streams, sockets and long polls that one user may have open. This and the next four: 0 is no limit; the default holds where users sign in (guide: 10). */
  AURA_MAX_STREAMS: atMost,
  /** New jobs and retries of one user in a minute (guide: 5). */
  AURA_CREATIONS_PER_MINUTE: atMost,
  /** Cancels of one user in a minute (guide: 10). */
  AURA_CANCELS_PER_MINUTE: atMost,
  /** Jobs of one user that wait, run or rest; 20. */
  AURA_MAX_QUEUED_JOBS: atMost,
  /** Space for one user's videos, in MB; 5000. */
  AURA_MAX_DISK_MB: atMost,
  /** Longest request body, in kB. */
  AURA_MAX_BODY_KB: whole(1, 10_000).default(64),
  /** Longest time in which a request has to be here, headers and body, in ms: who sends it drop by drop is cut off. */
  AURA_REQUEST_TIMEOUT_MS: milliseconds(30_000),
  /** Longest topic, in characters. */
  AURA_MAX_TOPIC_LENGTH: whole(3, 500).default(500),
  /** Jobs that run at the same time. A render uses every core it gets. */
  AURA_CONCURRENCY: whole(1, 1000).default(1),
  /** Silence on a stream after which a comment is sent, in ms (guide: 10 s). */
  AURA_KEEPALIVE_MS: milliseconds(10_000),
  /** Longest life of one stream, in ms (guide: 5 minutes). */
  AURA_STREAM_MAX_MS: milliseconds(300_000),
  /** Silence of a job after which a warning is sent, in ms. */
  AURA_STALL_AFTER_MS: milliseconds(120_000),
  /** Longest time for one pipeline stage, in ms. */
  AURA_STAGE_TIMEOUT_MS: milliseconds(3_600_000),
  /** How long a job's events are kept after the last one, in ms (guide: 1 hour); then the job is gone. */
  AURA_KEEP_HISTORY_MS: milliseconds(3_600_000),
  /** How long a job's files are kept, in ms: not less than its events. */
  AURA_KEEP_ARTIFACTS_MS: milliseconds(86_400_000),
  ...notifyVariables,
  /** FFmpeg to use; else `ffmpeg` on the PATH, else the one from npm. */
  AURA_FFMPEG_PATH: z.string().min(1).optional(),
  /** Base URL of an OpenAI-compatible API, such as `https://api.openai.com/v1`: scripts are written by a language model there. */
  AURA_LLM_BASE_URL: z
    .string()
    .refine(isServiceUrl, 'must be an http or https address without user name, password, query and fragment')
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
  /** Key for it, where it wants one. */
  AURA_LLM_API_KEY: z
    .string()
    .regex(/^[\x21-\x7e]+$/, 'must be visible ASCII characters')
    .optional(),
  /** The model, as that API calls it. */
  AURA_LLM_MODEL: z.string().min(1).optional(),
  /** How that API is told the form of the answer (`response_format`): it may not know them all. */
  AURA_LLM_FORMAT: z.enum(['json_schema', 'json_object', 'text']).default('json_schema'),
  /** Silence of the language model after which an attempt has failed, in ms. */
  AURA_LLM_SILENCE_MS: milliseconds(30_000),
  /** Who writes scripts, in the order in which they are asked: `llm`, `offline`. By default both, or `offline` where no language model is set. */
  AURA_SCRIPT_PROVIDERS: scriptProviders,
  /** Accept requests to pause and resume jobs. */
  AURA_ALLOW_PAUSE: flag,
  /** Accept `{ "preset": "simulated" }`. */
  AURA_ALLOW_SIMULATION: flag,
  /** Least severity that is logged. */
  AURA_LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('warn'),
});

export interface Config {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  readonly artifacts: ArtifactPlace;
  /** `undefined`: the embedded engine. */
  readonly redisUrl: string | undefined;
  readonly redisReplicas: number;
  readonly role: 'api' | 'worker' | 'all';
  readonly takeOverAfterMs: number;
  readonly allowedOrigins: readonly string[];
  /** `undefined`: nobody has to sign in. */
  readonly auth: AuthConfig | undefined;
  readonly limits: Limits;
  readonly maxBodyBytes: number;
  readonly requestTimeoutMs: number;
  readonly maxTopicLength: number;
  readonly concurrency: number;
  readonly keepAliveMs: number;
  readonly streamMaxMs: number;
  readonly stallAfterMs: number;
  readonly stageTimeoutMs: number;
  readonly keepHistoryMs: number;
  readonly keepArtifactsMs: number;
  readonly notifications: NotifyConfig;
  readonly ffmpegPath: string | undefined;
  /** Best first. */
  readonly scriptProviders: Providers<ScriptProviderName>;
  /** Set where `llm` is among them. */
  readonly llm: LlmOptions | undefined;
  readonly allowPause: boolean;
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
  if (env.AURA_KEEP_ARTIFACTS_MS < env.AURA_KEEP_HISTORY_MS)
    throw new Error('AURA_KEEP_ARTIFACTS_MS: must not be shorter than AURA_KEEP_HISTORY_MS: a job names its files.');
  if (env.AURA_ROLE !== 'all' && env.AURA_REDIS_URL === undefined)
    throw new Error(
      `AURA_ROLE: ${env.AURA_ROLE} is one of several processes, which share AURA_REDIS_URL. Set that, too.`,
    );
  const auth = authOf(env);
  if (!auth && !isLoopback(env.AURA_HOST)) {
    throw new Error(
      `AURA_HOST: ${env.AURA_HOST} can be reached from other machines, so callers have to sign in there.\n` +
        'Set AURA_AUTH_JWT_SECRET, AURA_AUTH_JWKS_URL or AURA_AUTH_API_KEYS, or listen on 127.0.0.1.',
    );
  }
  return {
    port: env.PORT,
    host: env.AURA_HOST,
    dataDir: resolve(env.AURA_DATA_DIR),
    artifacts: artifactPlaceOf(env),
    redisUrl: env.AURA_REDIS_URL,
    redisReplicas: env.AURA_REDIS_REPLICAS,
    role: env.AURA_ROLE,
    takeOverAfterMs: env.AURA_TAKE_OVER_AFTER_MS,
    allowedOrigins: env.AURA_ALLOWED_ORIGINS,
    auth,
    limits: limitsOf(env, auth ? DEFAULT_LIMITS : NO_LIMITS),
    maxBodyBytes: env.AURA_MAX_BODY_KB * 1024,
    requestTimeoutMs: env.AURA_REQUEST_TIMEOUT_MS,
    maxTopicLength: env.AURA_MAX_TOPIC_LENGTH,
    concurrency: env.AURA_CONCURRENCY,
    keepAliveMs: env.AURA_KEEPALIVE_MS,
    streamMaxMs: env.AURA_STREAM_MAX_MS,
    stallAfterMs: env.AURA_STALL_AFTER_MS,
    stageTimeoutMs: env.AURA_STAGE_TIMEOUT_MS,
    keepHistoryMs: env.AURA_KEEP_HISTORY_MS,
    keepArtifactsMs: env.AURA_KEEP_ARTIFACTS_MS,
    notifications: notifyConfigOf(env),
    ffmpegPath: env.AURA_FFMPEG_PATH,
    ...scriptProvidersOf(env),
    allowPause: env.AURA_ALLOW_PAUSE,
    allowSimulation: env.AURA_ALLOW_SIMULATION,
    logLevel: env.AURA_LOG_LEVEL,
    unknown: Object.keys(given).filter((name) => name.startsWith('AURA_') && !(name in schema.shape)),
  };
}

function artifactPlaceOf(env: z.output<typeof schema>): ArtifactPlace {
  const { AURA_ARTIFACTS: place, AURA_DATA_DIR: dataDir, AWS_REGION: region } = env;
  const [, bucket, path] = BUCKET.exec(place ?? '') ?? [];
  if (bucket === undefined) return { folder: resolve(place ?? join(dataDir, 'artifacts')) };
  const endpoint = env.AWS_ENDPOINT_URL_S3 ?? env.AWS_ENDPOINT_URL;
  return { bucket, prefix: path ? `${path}/` : '', endpoint, region };
}

function limitsOf(env: z.output<typeof schema>, presets: Limits): Limits {
  return {
    streams: env.AURA_MAX_STREAMS ?? presets.streams,
    creationsPerMinute: env.AURA_CREATIONS_PER_MINUTE ?? presets.creationsPerMinute,
    cancelsPerMinute: env.AURA_CANCELS_PER_MINUTE ?? presets.cancelsPerMinute,
    queuedJobs: env.AURA_MAX_QUEUED_JOBS ?? presets.queuedJobs,
    diskBytes: env.AURA_MAX_DISK_MB === undefined ? presets.diskBytes : env.AURA_MAX_DISK_MB * 1_000_000,
  };
}

function scriptProvidersOf(env: z.output<typeof schema>): Pick<Config, 'scriptProviders' | 'llm'> {
  const { AURA_LLM_BASE_URL: baseUrl, AURA_LLM_API_KEY: apiKey, AURA_LLM_MODEL: model } = env;
  const byDefault: Providers<ScriptProviderName> = baseUrl ? ['llm', 'offline'] : ['offline'];
  const names = env.AURA_SCRIPT_PROVIDERS ?? byDefault;
  if (!baseUrl && (names.includes('llm') || apiKey || model))
    throw new Error('AURA_LLM_BASE_URL: must be set for a language model, for example https://api.openai.com/v1.');
  if (!baseUrl || !names.includes('llm')) return { scriptProviders: names, llm: undefined };
  if (!model) throw new Error('AURA_LLM_MODEL: must be set where AURA_LLM_BASE_URL is, as that API calls the model.');
  const { AURA_LLM_FORMAT: format, AURA_LLM_SILENCE_MS: silenceMs } = env;
  return { scriptProviders: names, llm: { baseUrl, apiKey, model, format, silenceMs } };
}

/** Sign-in is on when there is a way to do it. */
function authOf(env: z.output<typeof schema>): AuthConfig | undefined {
  const auth = {
    jwtSecret: env.AURA_AUTH_JWT_SECRET,
    jwksUrl: env.AURA_AUTH_JWKS_URL,
    issuer: env.AURA_AUTH_ISSUER,
    audience: env.AURA_AUTH_AUDIENCE,
    apiKeys: env.AURA_AUTH_API_KEYS,
    admins: env.AURA_AUTH_ADMINS,
  };
  return auth.jwtSecret || auth.jwksUrl || auth.apiKeys.length > 0 ? auth : undefined;
}
