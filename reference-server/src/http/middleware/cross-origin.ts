/** Which pages may call the API, with what, and what they may read (AC-68). */
import type { IncomingMessage } from 'node:http';
import cors from 'cors';
import type { CorsOptions } from 'cors';
import type { RequestHandler } from 'express';

const LOOPBACK_ORIGIN = /^https?:\/\/(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i;

/** Allows the listed origins, this server's own and pages served from this machine. */
export function crossOrigin(allowedOrigins: readonly string[]): RequestHandler {
  const allows = ({ headers: { origin, host } }: IncomingMessage): boolean =>
    origin !== undefined &&
    (allowedOrigins.includes(origin) || LOOPBACK_ORIGIN.test(origin) || /^https?:\/\/(.*)$/.exec(origin)?.[1] === host);
  const answer = cors((request: IncomingMessage, decide) => decide(null, { ...OPTIONS, origin: allows(request) }));
  return (request, response, next) => {
    // Also where no page asks: a file that was opened by its link is no answer for a player with `crossorigin`.
    response.vary('Origin');
    answer(request, response, next);
  };
}

const OPTIONS: CorsOptions = {
  credentials: true,
  methods: ['GET', 'HEAD', 'POST', 'DELETE'],
  allowedHeaders: [
    'Authorization',
    'Content-Type',
    'Idempotency-Key',
    'Last-Event-ID',
    'Range',
    'X-API-Key',
    'X-Correlation-ID',
  ],
  exposedHeaders: [
    'Accept-Ranges',
    'Content-Length',
    'Content-Range',
    'Location',
    'RateLimit-Limit',
    'RateLimit-Remaining',
    'RateLimit-Reset',
    'Retry-After',
    'WWW-Authenticate',
    'X-Correlation-ID',
    'X-RateLimit-Limit',
    'X-RateLimit-Remaining',
    'X-RateLimit-Reset',
  ],
  maxAge: 600,
};
