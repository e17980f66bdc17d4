/** Tells who a credential belongs to. */
import type { Caller } from '../jobs/caller.ts';

/** @returns `undefined` when the credential is none of this kind, or has expired */
export type Authenticator = (credential: string) => Promise<Caller | undefined>;

/** Asks one after another. */
export function firstOf(authenticators: readonly Authenticator[]): Authenticator {
  return async (credential) => {
    for (const authenticate of authenticators) {
      const caller = await authenticate(credential);
      if (caller) return caller;
    }
    return undefined;
  };
}
