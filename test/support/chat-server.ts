/** A language model's server that speaks the real wire format of chat completions, and fails as real ones do. */
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the server was sent. */
export interface ChatCall {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  // Tests look into requests freely.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly body: any;
  /** Resolves when the caller is gone, or has got everything. */
  readonly closed: Promise<void>;
}

/** One answer: writes what it likes, and ends when it likes. */
export type ChatAnswer = (response: ServerResponse, call: ChatCall) => void | Promise<void>;

export interface ChatServer {
  /** Base URL, as a setting has it. */
  readonly url: string;
  readonly calls: readonly ChatCall[];
  /** What is answered from now on, one call after another; the last one stays. */
  answer(...answers: [ChatAnswer, ...ChatAnswer[]]): void;
  stop(): Promise<void>;
}

export async function startChatServer(...answers: [ChatAnswer, ...ChatAnswer[]]): Promise<ChatServer> {
  const calls: ChatCall[] = [];
  let next = [...answers];
  const server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8');
    request.on('data', (piece: string) => (text += piece));
    request.on('end', () => {
      const { method = '', url: path = '', headers } = request;
      const closed = new Promise<void>((resolve) => response.once('close', resolve));
      const call = { method, path, headers, body: text ? JSON.parse(text) : undefined, closed };
      calls.push(call);
      const answer = next.length > 1 ? next.shift()! : next[0]!;
      void answer(response, call);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    calls,
    answer: (...others) => void (next = [...others]),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const open = (response: ServerResponse): void =>
  void response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' });

const data = (value: unknown): string => `data: ${typeof value === 'string' ? value : JSON.stringify(value)}\n\n`;

/** A chunk as it comes over the wire. */
export function chunk(delta: object, finish: string | null = null, model = 'test-model'): string {
  return data({
    id: 'chatcmpl-1',
    object: 'chat.completion.chunk',
    created: 1_795_362_858,
    model,
    system_fingerprint: null,
    choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }],
  });
}

/** The text in pieces of a few characters, as tokens come. */
export function pieces(text: string, size = 7): string[] {
  return Array.from({ length: Math.ceil(text.length / size) }, (_, at) => text.slice(at * size, (at + 1) * size));
}

export interface SaidOptions {
  readonly finish?: string;
  /** Sent before the end, besides the text. */
  readonly done?: boolean;
}

/** Says a text to its end. */
export function says(text: string, { finish = 'stop', done = true }: SaidOptions = {}): ChatAnswer {
  return (response) => {
    open(response);
    response.write(': a comment, as some servers send while they think\n\n');
    response.write(chunk({ role: 'assistant', content: '', refusal: null }));
    for (const piece of pieces(text)) response.write(chunk({ content: piece }));
    response.write(chunk({}, finish));
    // The last chunk of a server that counts tokens has no choices.
    response.write(data({ id: 'chatcmpl-1', choices: [], usage: { total_tokens: 7 } }));
    response.end(done ? data('[DONE]') : '');
  };
}

/** Says a beginning, and goes on when the promise resolves. */
export function saysThenWaits(beginning: string, until: Promise<unknown> = new Promise(() => {})): ChatAnswer {
  return async (response) => {
    open(response);
    for (const piece of pieces(beginning)) response.write(chunk({ content: piece }));
    await until;
    response.end(chunk({}, 'stop') + data('[DONE]'));
  };
}

/** Says a beginning, and breaks the connection. */
export function breaksOff(beginning: string): ChatAnswer {
  return (response) => {
    open(response);
    response.write(chunk({ content: beginning }), () => response.destroy());
  };
}

/** Sends raw lines as a stream. */
export function streams(...lines: string[]): ChatAnswer {
  return (response) => {
    open(response);
    response.end(lines.join(''));
  };
}

/** Answers with a status and an error object. */
export function refuses(
  status: number,
  error: { readonly message?: string; readonly type?: string; readonly code?: string } = {},
  headers: Record<string, string> = {},
): ChatAnswer {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify({ error: { message: 'No.', type: 'error', param: null, code: null, ...error } }));
  };
}

/** Takes the request and never says a word. */
export const silent: ChatAnswer = () => {};

/** Breaks the connection without a word. */
export const hangsUp: ChatAnswer = (response) => void response.destroy();

/** A good script of so many scenes, told in the form that is asked for; about 10 s long with two. */
export function scriptOf(scenes = 2): { title: string; scenes: { heading: string; sentences: string[] }[] } {
  return {
    title: 'Words of a model',
    scenes: Array.from({ length: scenes }, (_, at) => ({
      heading: `Part ${at + 1}`,
      sentences: [`The model says sentence number ${at + 1} here.`, `It adds "another one" for part ${at + 1}.`],
    })),
  };
}
