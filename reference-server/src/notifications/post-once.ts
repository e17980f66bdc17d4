/** One request to an address that a stranger chose (OWASP, Server-Side Request Forgery Prevention). */
import { lookup as lookUp } from 'node:dns';
import type { LookupAddress } from 'node:dns';
import { request as httpRequest } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import { isPublicAddress } from './public-address.ts';

/** What is read of an answer's body before the line is cut: only the status matters. */
const MAX_ANSWER_BYTES = 16_384;

export interface PostOptions {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
  /** Ends it, whatever it is doing. */
  readonly signal: AbortSignal;
  /** Hosts that may be on a private address. */
  readonly privateHosts: readonly string[];
  /** Finds the addresses of a name. @defaultValue what the system says */
  readonly resolve?: (hostname: string, done: (error: Error | null, addresses?: LookupAddress[]) => void) => void;
}

export interface PostAnswer {
  readonly status: number;
  /** The receiver asks to wait for so long, in ms. */
  readonly retryAfterMs: number | undefined;
}

/** The address is one that this server does not go to. */
export class PrivateAddressError extends Error {
  override readonly name = 'PrivateAddressError';

  constructor() {
    super('The address is in a private network.');
  }
}

/**
 * Sends a body and returns the status. A redirect is an answer like any other: nothing is followed. A name is looked up
 * once, and the connection goes to the address that was checked, so a name that changes meanwhile leads nowhere else.
 *
 * @throws {PrivateAddressError} before anything is sent
 */
export async function postOnce(url: string, options: PostOptions): Promise<PostAnswer> {
  const target = new URL(url);
  const trusted = options.privateHosts.includes(target.hostname);
  // An address in the URL is connected to without a look-up.
  if (!trusted && isPublicAddress(target.hostname) === false) throw new PrivateAddressError();
  const response = await send(target, options, checkedLookup(trusted, options.resolve ?? systemLookup));
  const answer = { status: response.statusCode!, retryAfterMs: retryAfterOf(response) };
  await drain(response);
  return answer;
}

function send(target: URL, { headers, body, signal }: PostOptions, lookup: LookupFunction): Promise<IncomingMessage> {
  const start = target.protocol === 'http:' ? httpRequest : httpsRequest;
  return new Promise((resolve, reject) => {
    const length = String(Buffer.byteLength(body));
    // A connection of its own: one that is kept could be used under another name later.
    start(target, { method: 'POST', agent: false, headers: { ...headers, 'Content-Length': length }, signal, lookup })
      .once('response', resolve)
      .on('error', reject)
      .end(body);
  });
}

function systemLookup(hostname: string, done: (error: Error | null, addresses?: LookupAddress[]) => void): void {
  lookUp(hostname, { all: true }, done);
}

/** All addresses of a name have to be public, since any of them may be taken. */
function checkedLookup(trusted: boolean, resolve: NonNullable<PostOptions['resolve']>): LookupFunction {
  return (hostname, { all }, done) => {
    resolve(hostname, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error || !addresses || !first) return done(error ?? new Error('The name has no address.'), []);
      if (!trusted && !addresses.every(({ address }) => isPublicAddress(address)))
        return done(new PrivateAddressError(), []);
      if (all) done(null, addresses);
      else done(null, first.address, first.family);
    });
  };
}

/** So that a receiver is not cut off in the middle of a short answer. */
async function drain(response: IncomingMessage): Promise<void> {
  let left = MAX_ANSWER_BYTES;
  try {
    for await (const chunk of response) if ((left -= (chunk as Buffer).length) < 0) break;
  } catch {
    // The status is known.
  }
  response.destroy();
}

function retryAfterOf({ headers }: IncomingMessage): number | undefined {
  const text = headers['retry-after'];
  if (text === undefined) return undefined;
  const ms = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now();
  return ms > 0 ? ms : undefined;
}
