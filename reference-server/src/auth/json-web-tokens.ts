/** Sign-in by JSON Web Token: `sub` is the owner, the scope `admin` sees everything. */
import { createRemoteJWKSet, errors, jwtVerify } from 'jose';
import type { JWTPayload, JWTVerifyGetKey } from 'jose';
import { ServiceError } from '../jobs/service-error.ts';
import type { Authenticator } from './authenticator.ts';

export interface TokenRules {
  /** Key of tokens that are signed with a shared secret. */
  readonly secret?: string | undefined;
  /** Where the issuer publishes the keys of its tokens. */
  readonly jwksUrl?: string | undefined;
  readonly issuer?: string | undefined;
  readonly audience?: string | undefined;
}

// Each kind of key has its own algorithms, so that no public key is ever taken for a shared secret.
const SHARED = ['HS256', 'HS384', 'HS512'];
const PUBLISHED = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'];
const MAX_OWNER_LENGTH = 200;
const ADMIN_SCOPE = 'admin';
const RETRY_AFTER_SECONDS = 5;

/** @param isAdmin whether an owner may see everything, whatever the token's scope */
export function tokenAuthenticator(
  { secret, jwksUrl, issuer, audience }: TokenRules,
  isAdmin: (ownerId: string) => boolean,
): Authenticator {
  const key = secret === undefined ? publishedKeys(jwksUrl!) : sharedKey(secret);
  const options = {
    algorithms: secret === undefined ? PUBLISHED : SHARED,
    requiredClaims: ['sub'],
    clockTolerance: 5,
    ...(issuer && { issuer }),
    ...(audience && { audience }),
  };
  return async (credential) => {
    try {
      const { payload } = await jwtVerify(credential, key, options);
      const { sub = '' } = payload;
      if (sub.length === 0 || sub.length > MAX_OWNER_LENGTH) return undefined;
      return { id: sub, isAdmin: hasAdminScope(payload) || isAdmin(sub) };
    } catch (error) {
      if (saysNo(error)) return undefined;
      throw new ServiceError(
        'ServiceUnavailable',
        'The keys that tokens are checked with cannot be read at the moment.',
        { retryAfter: RETRY_AFTER_SECONDS },
      );
    }
  };
}

function sharedKey(secret: string): JWTVerifyGetKey {
  const bytes = new TextEncoder().encode(secret);
  return async () => bytes;
}

function publishedKeys(url: string): JWTVerifyGetKey {
  return createRemoteJWKSet(new URL(url));
}

/** The token is bad; anything else says that it could not be checked. */
function saysNo(error: unknown): boolean {
  if (error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid) return false;
  return error instanceof errors.JOSEError && error.code !== 'ERR_JOSE_GENERIC';
}

function hasAdminScope({ scope, scp, admin }: JWTPayload): boolean {
  const scopes = [scope, scp].flat().flatMap((words) => (typeof words === 'string' ? words.split(' ') : []));
  return admin === true || scopes.includes(ADMIN_SCOPE);
}
