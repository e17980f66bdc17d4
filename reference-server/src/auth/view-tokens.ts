/** Tokens that open one job for a short time, for pages that must not hold a user's key. */
import { errors, jwtVerify, SignJWT } from 'jose';
import { ACCESS } from '../jobs/caller.ts';
import type { View } from '../jobs/caller.ts';
import type { Authenticator } from './authenticator.ts';

/** In the token's header, so that no other token is taken for one of these. */
const TYPE = 'aura-view+jwt';

export interface IssuedToken {
  readonly token: string;
  readonly expiresAt: Date;
}

export class ViewTokens {
  readonly #key: Uint8Array;

  constructor(key: Uint8Array) {
    this.#key = key;
  }

  /** @param ownerId of the job, on whose behalf its holder comes */
  async issue(ownerId: string, { jobId, access }: View, seconds: number): Promise<IssuedToken> {
    const expiresAt = new Date((Math.floor(Date.now() / 1000) + seconds) * 1000);
    const token = await new SignJWT({ job: jobId, access })
      .setProtectedHeader({ alg: 'HS256', typ: TYPE })
      .setSubject(ownerId)
      .setExpirationTime(expiresAt)
      .sign(this.#key);
    return { token, expiresAt };
  }

  readonly authenticate: Authenticator = async (credential) => {
    try {
      const { payload } = await jwtVerify(credential, this.#key, {
        algorithms: ['HS256'],
        typ: TYPE,
        requiredClaims: ['sub', 'exp'],
      });
      const access = ACCESS.find((known) => known === payload.access);
      return (
        access && { id: payload.sub!, view: { jobId: String(payload.job), access, expiresAt: payload.exp! * 1000 } }
      );
    } catch (error) {
      if (error instanceof errors.JOSEError) return undefined;
      throw error;
    }
  };
}
