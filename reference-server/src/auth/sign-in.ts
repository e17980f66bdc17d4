/** Who may come in, as configured. */
import { apiKeyAuthenticator } from './api-keys.ts';
import type { ApiKey } from './api-keys.ts';
import { firstOf } from './authenticator.ts';
import type { Authenticator } from './authenticator.ts';
import { tokenAuthenticator } from './json-web-tokens.ts';
import type { ViewTokens } from './view-tokens.ts';

export interface AuthConfig {
  /** Secret that tokens are signed with. */
  readonly jwtSecret: string | undefined;
  /** Where the keys that tokens are signed with are published. */
  readonly jwksUrl: string | undefined;
  readonly issuer: string | undefined;
  readonly audience: string | undefined;
  readonly apiKeys: readonly ApiKey[];
  /** Owners who see everything. */
  readonly admins: readonly string[];
}

export function signInWith(
  { jwtSecret, jwksUrl, issuer, audience, apiKeys, admins }: AuthConfig,
  viewTokens: ViewTokens,
): Authenticator {
  const isAdmin = (ownerId: string): boolean => admins.includes(ownerId);
  // The cheapest first: a key is looked up, a token has to be verified.
  const ways = [apiKeyAuthenticator(apiKeys, isAdmin), viewTokens.authenticate];
  if (jwtSecret) ways.push(tokenAuthenticator({ secret: jwtSecret, issuer, audience }, isAdmin));
  if (jwksUrl) ways.push(tokenAuthenticator({ jwksUrl, issuer, audience }, isAdmin));
  return firstOf(ways);
}
