/** Tells by Web Push (RFC 8030), encrypted for the browser (RFC 8291) and signed for its push service (VAPID, RFC 8292). */
import webPush from 'web-push';
import type { Channel } from './channel.ts';
import { messageIdOf } from './job-end.ts';

export interface VapidKeys {
  /** `mailto:` or https address of the operator, for the push service. */
  readonly subject: string;
  /** Base64url; pages need it to subscribe. */
  readonly publicKey: string;
  readonly privateKey: string;
}

/** How long a push service keeps what it cannot deliver, in seconds. */
const KEPT_SECONDS = 86_400;

export function pushChannel(vapidDetails: VapidKeys): Channel {
  return {
    // The subscription is gone, or is not for this server's key, or the service does not take the message.
    final: new Set([400, 401, 403, 404, 410, 413]),
    request(end, { push }) {
      const { endpoint, keys } = push!;
      const { jobId, title, status } = end.data;
      // Short: push services take 4 kB, and the page asks for the rest.
      const payload = JSON.stringify({ id: messageIdOf(end), type: end.type, jobId, title, status });
      const { headers, body } = webPush.generateRequestDetails({ endpoint, keys }, payload, {
        vapidDetails,
        TTL: KEPT_SECONDS,
        // A message that comes again replaces the one before, should that still wait.
        topic: jobId.slice(0, 32),
        contentEncoding: 'aes128gcm',
      });
      return { url: endpoint, headers, body };
    },
  };
}
