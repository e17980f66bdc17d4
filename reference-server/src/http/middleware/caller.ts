/** Who is calling: found out once for each request, before anything else is done for it (AC-49). */
import type { Request, RequestHandler } from 'express';
import type { Authenticator } from '../../auth/authenticator.ts';
import { LOCAL } from '../../jobs/caller.ts';
import type { Caller } from '../../jobs/caller.ts';
import { ServiceError } from '../../jobs/service-error.ts';
import { credentialOf, ticketOf } from '../credential.ts';

/** @param signIn `undefined`: there is one caller, whom everything belongs to */
export function identify(signIn: Authenticator | undefined): RequestHandler {
  return async (request, response, next) => {
    response.locals.caller = signIn ? await callerFrom(request, signIn) : LOCAL;
    next();
  };
}

export function callerOf(request: Request): Caller {
  return request.res!.locals.caller as Caller;
}

async function callerFrom(request: Request, signIn: Authenticator): Promise<Caller> {
  const shown = credentialOf(request);
  const credential = shown ?? ticketOf(request);
  const caller = credential && (await signIn(credential));
  // Whatever lives longer or opens more than a ticket has no business in a URL.
  if (caller && (shown || caller.view?.access === 'files')) return caller;
  request.res!.set('WWW-Authenticate', `Bearer realm="aura-jobs"${credential ? ', error="invalid_token"' : ''}`);
  throw new ServiceError(
    'SignInRequired',
    credential
      ? 'This token or key is not known here, or it has expired. Get a new one.'
      : 'Say who you are: Authorization: Bearer <token>, or X-API-Key: <key>.',
  );
}
