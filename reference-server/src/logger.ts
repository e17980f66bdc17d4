/** The server's log: one JSON object a line on stderr, without secrets. */
import { pino } from 'pino';
import type { DestinationStream, Logger } from 'pino';

/** Where a caller's secrets may stand in what is logged, should it ever be a whole request or an error that carries one. */
const SECRETS = ['authorization', '"x-api-key"', '"sec-websocket-protocol"', 'cookie', 'token', 'ticket', 'credential'];
const PLACES = ['', '*.', '*.*.', '*.*.*.'];

export function createLogger(level: string, destination: DestinationStream = pino.destination(2)): Logger {
  const paths = PLACES.flatMap((place) =>
    SECRETS.map((name) => (name.startsWith('"') ? `${place.slice(0, -1)}[${name}]` : place + name)),
  );
  return pino({ level, redact: { paths, censor: '[secret]' } }, destination);
}
