/** Which pages may call the API, with what, and what they may read (AC-68). */
import cors from 'cors';
import type { RequestHandler } from 'express';

const LOOPBACK_ORIGIN = /^https?:\/\/(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i;

/** Allows the listed origins and pages served from this machine. */
export function crossOrigin(allowedOrigins: readonly string[]): RequestHandler {
  return cors({
    origin: (origin, decide) =>
      decide(null, origin !== undefined && (allowedOrigins.includes(origin) || LOOPBACK_ORIGIN.test(origin))),
    credentials: true,
    methods: ['GET', 'HEAD', 'POST', 'DELETE'],
    allowedHeaders: ['Authorization', 'Content-Type', 'Idempotency-Key', 'Last-Event-ID', 'Range', 'X-Correlation-ID'],
    exposedHeaders: ['Accept-Ranges', 'Content-Length', 'Content-Range', 'Location', 'Retry-After', 'X-Correlation-ID'],
    maxAge: 600,
  });
}
