/** Sign-in by API key: `owner:key`, or `owner:sha256:…` so that the configuration holds no secret. */
import { createHash } from 'node:crypto';
import type { Authenticator } from './authenticator.ts';

export interface ApiKey {
  readonly ownerId: string;
  /** SHA-256 of the key, in hex. */
  readonly hash: string;
}

const ENTRY = /^(?<ownerId>[\w.@-]{1,100}):(?:sha256:(?<hash>[0-9a-f]{64})|(?<key>[\x21-\x2b\x2d-\x7e]{16,500}))$/i;

/** @returns `undefined` when the entry has another form, or its key is too short to be a secret */
export function parseApiKey(entry: string): ApiKey | undefined {
  const { ownerId, hash, key } = ENTRY.exec(entry)?.groups ?? {};
  if (ownerId === undefined) return undefined;
  return { ownerId, hash: hash?.toLowerCase() ?? sha256(key!) };
}

/** @param isAdmin whether an owner may see everything */
export function apiKeyAuthenticator(keys: readonly ApiKey[], isAdmin: (ownerId: string) => boolean): Authenticator {
  // Looked up by hash: how long that takes tells nothing about a key.
  const owners = new Map(keys.map(({ hash, ownerId }) => [hash, ownerId]));
  return async (credential) => {
    const id = owners.get(sha256(credential));
    return id === undefined ? undefined : { id, isAdmin: isAdmin(id) };
  };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
