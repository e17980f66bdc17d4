/** Security headers. Pages get no script, style or frame from anywhere else; files may be shown by other sites' pages. */
import type { RequestHandler } from 'express';
import helmet from 'helmet';

const forPages: RequestHandler = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'self'"],
      imgSrc: ["'self'", 'data:'],
      mediaSrc: ["'self'", 'blob:'],
      objectSrc: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
    },
  },
  crossOriginResourcePolicy: { policy: 'cross-origin' },
  crossOriginOpenerPolicy: false,
  // Plain http on loopback.
  strictTransportSecurity: false,
});

/** A stream is no page, and its headers stay in memory as long as it is open: thousands of them may be. */
const STREAM = /\/events$/;
const FOR_STREAMS = { 'X-Content-Type-Options': 'nosniff', 'Cross-Origin-Resource-Policy': 'cross-origin' };

export const securityHeaders: RequestHandler = (request, response, next) => {
  if (!STREAM.test(request.path)) return forPages(request, response, next);
  response.set(FOR_STREAMS);
  next();
};
