/** Who is told of a job's end: what a request may ask for, and what this server takes of it. */
import { ECDH } from 'node:crypto';
import { z } from 'zod';
import { invalidInput } from '../jobs/check-input.ts';
import { isPublicAddress } from './public-address.ts';

/** The ways to tell somebody. */
export type ChannelName = 'webhook' | 'push';

/** Addresses are secrets: whoever knows one can write to it. */
export type NotifyTargets = z.output<typeof notifySchema>;

/** What this server can do and where it may go. */
export interface NotifyRules {
  readonly webhook: boolean;
  readonly push: boolean;
  /** Hosts that may be on a private address, and may be spoken to without TLS. */
  readonly privateHosts: readonly string[];
}

const address = z
  .string('must be an https address')
  .max(2000, 'must have at most 2000 characters')
  .meta({ format: 'uri', example: 'https://hooks.example.com/aura' });

/** Base64url of so many bytes, as a browser's `PushSubscription` has it; padding does no harm. */
const key = (bytes: number, what: string) =>
  z
    .string(what)
    .max(200, what)
    .regex(/^[\w-]+={0,2}$/, what)
    .refine((text) => Buffer.from(text, 'base64url').length === bytes, what);

/** The field `notify` of a request for a job. */
export const notifySchema = z
  .object({
    webhook: z.object({ url: address }).optional().meta({ description: 'A signed request (Standard Webhooks).' }),
    push: z
      .object({
        endpoint: address,
        expirationTime: z.number().nullish(),
        keys: z.object({
          p256dh: key(65, 'must be the key of a push subscription: 65 bytes in base64url').refine(
            isOnCurve,
            'is no point of the curve P-256',
          ),
          auth: key(16, 'must be the secret of a push subscription: 16 bytes in base64url'),
        }),
      })
      .optional()
      .meta({ description: 'What `PushManager.subscribe()` gave the page.' }),
  })
  .meta({ description: 'Who is told of the end of the job.' });

export function channelsOf({ webhook, push }: NotifyTargets): ChannelName[] {
  return [...(webhook ? (['webhook'] as const) : []), ...(push ? (['push'] as const) : [])];
}

/** @throws {ServiceError} `InvalidInput` for what this server does not do, or does not go to */
export function checkTargets({ webhook, push }: NotifyTargets, rules: NotifyRules): void {
  const errors: Record<string, string[]> = {};
  if (webhook && !rules.webhook)
    errors['notify.webhook'] = ['is not served here: the operator has to set AURA_WEBHOOK_SECRET'];
  else if (webhook) note('notify.webhook.url', webhook.url);
  if (push && !rules.push)
    errors['notify.push'] = ['is not served here: the operator has to set AURA_VAPID_PUBLIC_KEY and its companions'];
  else if (push) note('notify.push.endpoint', push.endpoint);
  if (Object.keys(errors).length > 0) throw invalidInput(errors);

  function note(field: string, url: string): void {
    const wrong = whyNot(url, rules);
    if (wrong) errors[field] = [wrong];
  }
}

/** What can be said of an address before its name is looked up, which is done when something is sent there. */
function whyNot(text: string, { privateHosts }: NotifyRules): string | undefined {
  if (!URL.canParse(text)) return 'must be an https address';
  const { protocol, hostname, username, password } = new URL(text);
  if (username || password) return 'must not carry a user or a password';
  if (privateHosts.includes(hostname)) return /^https?:$/.test(protocol) ? undefined : 'must be an http(s) address';
  if (protocol !== 'https:') return 'must be an https address';
  return isPublicAddress(hostname) === false ? 'must not be an address of a private network' : undefined;
}

function isOnCurve(text: string): boolean {
  try {
    ECDH.convertKey(text, 'prime256v1', 'base64url', 'hex', 'compressed');
    return true;
  } catch {
    return false;
  }
}
