/** A reference server that notifies, and what a test asks of it. */
import webPush from 'web-push';
import { expect } from 'vitest';
import { call } from '../../support/api.ts';
import type { Certificate } from '../../support/receiver.ts';
import { startReferenceServer } from '../../support/reference-server.ts';
import type { TestServer } from '../../support/reference-server.ts';

/** 32 bytes, as Standard Webhooks write a secret. */
export const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
export const VAPID = { ...webPush.generateVAPIDKeys(), subject: 'mailto:ops@example.com' };

export function startNotifyingServer(environment: Record<string, string> = {}, tls?: Certificate): Promise<TestServer> {
  return startReferenceServer({
    AURA_WEBHOOK_SECRET: SECRET,
    AURA_VAPID_PUBLIC_KEY: VAPID.publicKey,
    AURA_VAPID_PRIVATE_KEY: VAPID.privateKey,
    AURA_VAPID_SUBJECT: VAPID.subject,
    AURA_NOTIFY_PRIVATE_HOSTS: 'localhost',
    AURA_LOG_LEVEL: 'error',
    AURA_NOTIFY_RETRY_MS: '50',
    AURA_NOTIFY_TIMEOUT_MS: '2000',
    ...(tls && { NODE_EXTRA_CA_CERTS: tls.file }),
    ...environment,
  });
}

/** A job that ends at once, and tells. @returns its id */
export async function start(
  { url }: { readonly url: string },
  notify: unknown,
  inputs: object = { events: 5, eventsPerSecond: 0 },
  headers: Record<string, string> = {},
): Promise<string> {
  const { status, body } = await call(`${url}/api/jobs`, 'POST', { preset: 'simulated', inputs, notify }, headers);
  expect([status, body.detail]).toEqual([202, undefined]);
  return body.jobId;
}

/** A figure of `/metrics`; 0 when it is not there yet. */
export async function figure({ url }: { readonly url: string }, name: string): Promise<number> {
  const lines = String((await call(`${url}/metrics`)).body).split('\n');
  return Number(lines.find((line) => line.startsWith(`${name} `))?.split(' ')[1] ?? 0);
}
