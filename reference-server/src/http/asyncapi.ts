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
  const refs = (keys: readonly string[]) =>
    Object.fromEntries(keys.map((key) => [key, { $ref: `#/components/messages/${key}` }]));
  const channel = (address: string, description: string, parameters?: object, messages = refs(names)): object => ({
    address,
    description,
    messages,
    ...(parameters && { parameters }),
  });
  const onSocket = {
    ...Object.fromEntries(names.map((name) => [`socket.${name}`, onSocketOf(name)])),
    ...ABOUT_THE_SOCKET,
  };
  const ofJob = { jobId: { description: 'The job, as its creation answered it' } };
  return {
    asyncapi: '3.0.0',
    info: { title: 'Aura Jobs events', version, license: { name: 'MIT' } },
    defaultContentType: 'application/json',
    channels: {
      stream: channel('/api/jobs/{jobId}/events', 'Server-Sent Events of one job', ofJob),
      socket: channel(
        '/api/jobs/{jobId}/ws',
        'The same on a WebSocket: { id, type, data }, as in the pages of a long poll',
        ofJob,
        refs(Object.keys(onSocket)),
      ),
      streamOfSeveral: channel('/api/events', 'Server-Sent Events of several jobs: ?jobs=a,b'),
    },
    operations: {
      stream: { action: 'send', channel: { $ref: '#/channels/stream' } },
      socket: { action: 'send', channel: { $ref: '#/channels/socket' } },
      streamOfSeveral: { action: 'send', channel: { $ref: '#/channels/streamOfSeveral' } },
    },
    components: {
      messages: { ...Object.fromEntries(names.map((name) => [name, onStreamOf(name)])), ...onSocket },
      schemas: Object.fromEntries(names.map((name) => [name, dataOf(name)])),
    },
  };
}

const ID = { type: 'string', pattern: '^\\d{13}-\\d+$' };

/** What a socket says of itself. */
const ABOUT_THE_SOCKET = {
  'socket.keepalive': {
    name: 'keepalive',
    title: 'A sign of life: first of all, and in each silence.',
    payload: objectOf({ type: { const: 'keepalive' } }),
  },
  'socket.retry': {
    name: 'retry',
    title: 'The server ends the connection: when to come back, in ms.',
    payload: objectOf({ type: { const: 'retry' }, ms: { type: 'integer', minimum: 0 } }),
  },
};

function dataOf(name: keyof typeof eventData): object {
  const { $schema: _draft, ...schema } = z.toJSONSchema(eventData[name], { reused: 'inline' });
  return schema;
}

/** As fields of an event stream. */
function onStreamOf(name: keyof typeof eventData): object {
  return {
    name,
    title: TITLES[name],
    headers: objectOf({ ...idOf(name), event: { const: name } }),
    payload: refTo(name),
  };
}

/** As one JSON object. */
function onSocketOf(name: keyof typeof eventData): object {
  return { name, title: TITLES[name], payload: objectOf({ ...idOf(name), type: { const: name }, data: refTo(name) }) };
}

const idOf = (name: keyof typeof eventData): object => (WITHOUT_ID.has(name) ? {} : { id: ID });
const refTo = (name: string): object => ({ $ref: `#/components/schemas/${name}` });

/** With all of these and nothing else. */
function objectOf(properties: object): object {
  return { type: 'object', properties, required: Object.keys(properties), additionalProperties: false };
}
