/** The events as AsyncAPI 3: what comes on a job's stream and socket. */
import { z } from 'zod';
import { eventData, WITHOUT_ID } from './schemas/events.ts';

const TITLES: Readonly<Record<keyof typeof eventData, string>> = {
  'job-status': 'The job entered a status.',
  'step-status': 'A step began.',
  'step-progress': 'A step moved on; the most frequent event.',
  'job-completed': 'The job succeeded: the last event.',
  'job-failed': 'The job failed: the last event.',
  'job-cancelled': 'The job was cancelled: the last event.',
  warning: 'A problem that does not stop the job.',
  error: 'Trouble of the server; changes no state.',
  resync: 'The cursor was unknown: the current state follows.',
};

/** @param version of the server */
export function asyncApiDocument(version: string): object {
  const names = Object.keys(eventData) as (keyof typeof eventData)[];
  const messages = Object.fromEntries(names.map((name) => [name, { $ref: `#/components/messages/${name}` }]));
  const channel = (address: string, description: string, parameters?: object): object => ({
    address,
    description,
    messages,
    ...(parameters && { parameters }),
  });
  const ofJob = { jobId: { description: 'The job, as its creation answered it' } };
  return {
    asyncapi: '3.0.0',
    info: { title: 'Aura Jobs events', version, license: { name: 'MIT' } },
    defaultContentType: 'application/json',
    channels: {
      stream: channel('/api/jobs/{jobId}/events', 'Server-Sent Events of one job', ofJob),
      socket: channel('/api/jobs/{jobId}/ws', 'The same on a WebSocket: { id, type, data }', ofJob),
      streamOfSeveral: channel('/api/events', 'Server-Sent Events of several jobs: ?jobs=a,b'),
    },
    operations: {
      stream: { action: 'send', channel: { $ref: '#/channels/stream' } },
      socket: { action: 'send', channel: { $ref: '#/channels/socket' } },
      streamOfSeveral: { action: 'send', channel: { $ref: '#/channels/streamOfSeveral' } },
    },
    components: { messages: Object.fromEntries(names.map((name) => [name, messageOf(name)])) },
  };
}

function messageOf(name: keyof typeof eventData): object {
  const { $schema: _draft, ...payload } = z.toJSONSchema(eventData[name], { reused: 'inline' });
  const headers = {
    type: 'object',
    properties: { id: { type: 'string', pattern: '^\\d{13}-\\d+$' }, event: { const: name } },
    required: WITHOUT_ID.has(name) ? ['event'] : ['id', 'event'],
  };
  return { name, title: TITLES[name], headers, payload };
}
