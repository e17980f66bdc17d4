/** The reference server with sign-in, its callers, and everything that it logs. */
import { SignJWT } from 'jose';
import { startReferenceServer } from '../support/reference-server.ts';
import type { TestServer } from '../support/reference-server.ts';

export const SECRET = 'a secret of more than thirty-two characters';
/** Keys of two users and an operator. */
export const KEYS = { ann: 'key-of-ann-0123456789', bob: 'key-of-bob-0123456789', ops: 'key-of-ops-0123456789' };
/** Limits that are in nobody's way. */
export const NO_LIMITS = {
  AURA_MAX_STREAMS: '0',
  AURA_CREATIONS_PER_MINUTE: '0',
  AURA_CANCELS_PER_MINUTE: '0',
  AURA_MAX_QUEUED_JOBS: '0',
};

export type Name = keyof typeof KEYS;

/** Headers of a caller with a key. */
export const as = (name: Name): Record<string, string> => ({ 'x-api-key': KEYS[name] });
/** Headers of a caller with a token. */
export const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` });
/** What a WebSocket offers. */
export const offering = (token: string): string[] => [
  'aura.v1',
  `aura.bearer.${Buffer.from(token).toString('base64url')}`,
];

/** A token as an identity provider would sign it. */
export function tokenFor(
  subject: string | undefined,
  { secret = SECRET, expires = '5m', ...claims }: { secret?: string; expires?: string; [claim: string]: unknown } = {},
): Promise<string> {
  const token = new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).setExpirationTime(expires);
  if (subject !== undefined) token.setSubject(subject);
  return token.sign(new TextEncoder().encode(secret));
}

/** @param environment settings on top of sign-in by key and by token, without limits */
export function startOwnedServer(environment: Record<string, string> = {}): Promise<TestServer> {
  return startReferenceServer({
    AURA_ALLOW_PAUSE: '1',
    AURA_CONCURRENCY: '4',
    AURA_AUTH_JWT_SECRET: SECRET,
    AURA_AUTH_API_KEYS: Object.entries(KEYS)
      .map((entry) => entry.join(':'))
      .join(','),
    AURA_AUTH_ADMINS: 'ops',
    ...NO_LIMITS,
    ...environment,
  });
}
