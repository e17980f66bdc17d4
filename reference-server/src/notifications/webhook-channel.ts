/** Tells by a signed request: Standard Webhooks 1.0, with a symmetric signature (`v1`). */
import { Webhook } from 'standardwebhooks';
import type { Channel } from './channel.ts';
import { messageIdOf } from './job-end.ts';

/** @param secrets `whsec_…`; while one is being replaced there are two, and the request carries a signature of each */
export function webhookChannel(secrets: readonly string[]): Channel {
  const signers = secrets.map((secret) => new Webhook(secret));
  return {
    // 410: the receiver wants nothing more.
    final: new Set([410]),
    request(end, { webhook }) {
      const [id, now, body] = [messageIdOf(end), new Date(), JSON.stringify(end)];
      return {
        url: webhook!.url,
        headers: {
          'Content-Type': 'application/json',
          'User-Agent': 'aura-jobs',
          'webhook-id': id,
          'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
          'webhook-signature': signers.map((signer) => signer.sign(id, now, body)).join(' '),
        },
        body,
      };
    },
  };
}
