/** A page that reads jobs by any transport: `read(transport, jobId)` resolves to all events, as text. */
import { AuraClient } from '@aura-jobs/sdk';
import { auto, longPolling, webSocket } from '@aura-jobs/sdk/transports';
import type { Transport } from '@aura-jobs/sdk/transports';

const baseUrl = new URLSearchParams(location.search).get('server')!;
const silent: Transport = () => new Promise(() => {});
const TRANSPORTS: Record<string, Transport> = {
  webSocket,
  longPolling: longPolling(),
  auto: auto(),
  'auto without streams': auto({ transports: [silent, webSocket, longPolling()], firstByteMs: 50 }),
};

export async function read(transport: string, jobId: string): Promise<string[]> {
  const client = new AuraClient({ baseUrl, transport: TRANSPORTS[transport]!, getToken: () => 'a.token' });
  const list: string[] = [];
  for await (const { id, type, raw } of client.events(jobId, { replay: 'all' })) list.push(`${id} ${type} ${raw}`);
  return list;
}

Object.assign(globalThis, { read });
