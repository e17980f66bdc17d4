/** Settings of notifications: who may be told, with which keys, how often it is tried. */
import { createECDH } from 'node:crypto';
import { z } from 'zod';
import type { VapidKeys } from './push-channel.ts';

const KEY_PAIR = 'npx web-push generate-vapid-keys makes a pair';

const hosts = z
  .string()
  .default('')
  .transform((items) => items.split(',').flatMap((item) => item.trim().toLowerCase() || []))
  .refine((names) => names.every(isHost), 'must be names or addresses of hosts, without a port');
const secrets = z
  .string()
  .default('')
  .transform((items) => items.split(',').flatMap((item) => item.trim() || []))
  .refine(
    (list) => list.every(isSecret),
    'must be whsec_ and 24 to 64 bytes in base64: echo "whsec_$(openssl rand -base64 32)"; two of them separated by a comma while one is replaced',
  );
const bytes = (count: number) =>
  z
    .string()
    .refine(
      (text) => /^[\w-]+$/.test(text) && Buffer.from(text, 'base64url').length === count,
      `must be ${count} bytes in base64url: ${KEY_PAIR}`,
    )
    .optional();

/** Variables of the environment. */
export const notifyVariables = {
  /** Webhooks are signed with this (Standard Webhooks: `whsec_…`); without it none are sent. */
  AURA_WEBHOOK_SECRET: secrets,
  /** The key by which push services know this server, and pages subscribe. This and the next two: all or none. */
  AURA_VAPID_PUBLIC_KEY: bytes(65),
  /** Its private half. */
  AURA_VAPID_PRIVATE_KEY: bytes(32),
  /** How push services reach the operator: `mailto:` or an https address. */
  AURA_VAPID_SUBJECT: z
    .string()
    .regex(/^(mailto:\S+@\S+|https:\/\/\S+)$/, 'must be mailto:somebody@example.com or an https address')
    .optional(),
  /** Hosts that may be notified on a private address, and without TLS, separated by commas. */
  AURA_NOTIFY_PRIVATE_HOSTS: hosts,
  /** How often it is tried to notify somebody. */
  AURA_NOTIFY_ATTEMPTS: z.coerce.number('must be a number').int().min(1).max(20).default(10),
  /** Wait after the first attempt, in ms; it doubles with each, up to 15 minutes. */
  AURA_NOTIFY_RETRY_MS: z.coerce.number('must be a number').int().min(10).max(900_000).default(5000),
  /** Longest time for one attempt, in ms. */
  AURA_NOTIFY_TIMEOUT_MS: z.coerce.number('must be a number').int().min(10).max(60_000).default(10_000),
};

export interface NotifyConfig {
  /** None: no webhooks. */
  readonly webhookSecrets: readonly string[];
  /** `undefined`: no Web Push. */
  readonly vapid: VapidKeys | undefined;
  readonly privateHosts: readonly string[];
  readonly attempts: number;
  readonly retryMs: number;
  readonly timeoutMs: number;
}

const variables = z.object(notifyVariables);

/** @throws {Error} names what does not go together */
export function notifyConfigOf(env: z.output<typeof variables>): NotifyConfig {
  return {
    webhookSecrets: env.AURA_WEBHOOK_SECRET,
    vapid: vapidOf(env),
    privateHosts: env.AURA_NOTIFY_PRIVATE_HOSTS.map(asInUrls),
    attempts: env.AURA_NOTIFY_ATTEMPTS,
    retryMs: env.AURA_NOTIFY_RETRY_MS,
    timeoutMs: env.AURA_NOTIFY_TIMEOUT_MS,
  };
}

function vapidOf({
  AURA_VAPID_PUBLIC_KEY: publicKey,
  AURA_VAPID_PRIVATE_KEY: privateKey,
  AURA_VAPID_SUBJECT: subject,
}: z.output<typeof variables>): VapidKeys | undefined {
  const given = Object.entries({ PUBLIC_KEY: publicKey, PRIVATE_KEY: privateKey, SUBJECT: subject });
  const missing = given.flatMap(([name, value]) => (value === undefined ? `AURA_VAPID_${name}` : []));
  if (missing.length === 3) return undefined;
  if (!publicKey || !privateKey || !subject)
    throw new Error(`${missing.join(', ')}: Web Push needs all three of AURA_VAPID_…; ${KEY_PAIR}.`);
  if (!areOnePair(publicKey, privateKey))
    throw new Error(`AURA_VAPID_PUBLIC_KEY: is not the public half of AURA_VAPID_PRIVATE_KEY; ${KEY_PAIR}.`);
  return { publicKey, privateKey, subject };
}

function areOnePair(publicKey: string, privateKey: string): boolean {
  try {
    const pair = createECDH('prime256v1');
    pair.setPrivateKey(privateKey, 'base64url');
    return pair.getPublicKey().equals(Buffer.from(publicKey, 'base64url'));
  } catch {
    return false;
  }
}

function isSecret(text: string): boolean {
  const [, encoded] = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(text) ?? [];
  const { length } = Buffer.from(encoded ?? '', 'base64');
  return length >= 24 && length <= 64;
}

function isHost(name: string): boolean {
  return URL.canParse(`http://${bracketed(name)}`) && new URL(`http://${bracketed(name)}`).host === asInUrls(name);
}

/** As `URL` spells a host. */
function asInUrls(name: string): string {
  return new URL(`http://${bracketed(name)}`).hostname;
}

function bracketed(name: string): string {
  return name.includes(':') && !name.startsWith('[') ? `[${name}]` : name;
}
