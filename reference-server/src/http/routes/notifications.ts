/** `GET /api/notifications`: how this server tells of the end of a job, and the key that a page needs to subscribe. */
import { Router } from 'express';
import type { NotifyRules } from '../../notifications/notify-targets.ts';
import { onlyAllow } from '../only-allow.ts';

export interface NotificationRouteOptions {
  readonly notifyRules: NotifyRules;
  /** For `PushManager.subscribe()`. */
  readonly vapidPublicKey: string | undefined;
}

export function notificationRoutes({ notifyRules, vapidPublicKey }: NotificationRouteOptions): Router {
  const router = Router();
  router.get('/api/notifications', (_request, response) => {
    const push = vapidPublicKey === undefined ? null : { publicKey: vapidPublicKey };
    response.json({ webhook: notifyRules.webhook, push });
  });
  onlyAllow(router, '/api/notifications', 'GET');
  return router;
}
