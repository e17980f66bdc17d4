/** What a WebSocket's close code says (protocol: 4204 and 4400–4599 are HTTP's statuses plus 4000). */
import { ConnectionError } from '../errors/connection-error.ts';
import { errorFromResponse } from '../errors/error-from-response.ts';

/** Done, going away, restarting: the reader comes back with its cursor. */
const CLEAN = [1000, 1001, 1012];

/**
 * How a connection ended: `true` when nothing more will come.
 *
 * @param path for messages
 * @throws {AuraError} the class that fits the code; all that is no status may pass
 */
export async function readClose(
  { code, reason }: Pick<CloseEvent, 'code' | 'reason'>,
  path: string,
  opened: boolean,
): Promise<boolean> {
  if (code === 4204) return true;
  if (CLEAN.includes(code)) return false;
  if (code >= 4400 && code < 4600) {
    // The same classes as for answers.
    const answer = new Response(JSON.stringify({ detail: reason }), { status: code - 4000 });
    throw await errorFromResponse(answer, `GET ${path}`);
  }
  // Why a handshake failed is told to nobody.
  const message = opened
    ? `The WebSocket ${path} broke off with ${code}${reason && `: ${reason}`}.`
    : `The WebSocket ${path} could not be opened (${code}). Check the server, and that what stands between passes upgrades.`;
  throw new ConnectionError(message, { code: 'ConnectionLost', retryable: true });
}
