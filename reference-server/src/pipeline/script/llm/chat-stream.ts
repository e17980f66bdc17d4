/** One answer of an OpenAI-compatible server, streamed: `POST {base}/chat/completions` with `stream: true`. */
import { connectEventStream } from '@aura-jobs/sdk/sse';
import { providerFault } from '../../provider-fault.ts';
import { StageError } from '../../stage-error.ts';
import { refusedChat, refusedTopic } from './chat-fault.ts';

export interface ChatServer {
  /** For example `https://api.openai.com/v1`. */
  readonly baseUrl: string;
  /** `undefined` for a server that wants none. */
  readonly apiKey: string | undefined;
  /** Silence after which the answer counts as lost, in ms. */
  readonly silenceMs: number;
}

export interface ChatRequest {
  /** The request's body, beside `stream`. */
  readonly body: object;
  readonly signal: AbortSignal;
  /** Called with each piece of text as it comes. */
  readonly onText: (piece: string) => void;
}

/** A script of half an hour has 40,000; a model that goes on for ever is stopped, in characters. */
const LONGEST_ANSWER = 400_000;
/** Of what a refusal says, in bytes or characters. */
const LONGEST_REFUSAL = 4096;
const LONGEST_REFUSAL_MS = 1000;

/** One event of the stream, as far as it is of interest. All of it may be missing. */
interface Chunk {
  readonly choices?: unknown;
  readonly error?: unknown;
}

interface Choice {
  readonly delta?: { readonly content?: unknown; readonly refusal?: unknown } | null;
  readonly finish_reason?: unknown;
}

/**
 * The whole text of an answer that ended as it should.
 *
 * @throws {StageError} whatever else the server did, typed; the signal's reason when aborted
 */
export async function streamChat(server: ChatServer, { body, signal, onText }: ChatRequest): Promise<string> {
  signal.throwIfAborted();
  const { baseUrl, apiKey, silenceMs } = server;
  const secretless = (said: string): string => (apiKey ? said.replaceAll(apiKey, '[secret]') : said);
  return new Promise((resolve, reject) => {
    let text = '';
    let refusal = '';
    let finish: unknown;
    let said = '';

    /** @throws {StageError} the answer cannot become anything any more */
    function read(data: string): void {
      const { choices, error } = parseChunk(data);
      if (error) throw providerFault('ProviderServerError', 'It broke off.', { details: secretless(data) });
      const choice = Array.isArray(choices) ? (choices[0] as Choice | null | undefined) : undefined;
      const { content, refusal: refused } = choice?.delta ?? {};
      if (typeof refused === 'string' && refusal.length < LONGEST_REFUSAL) refusal += refused;
      finish = choice?.finish_reason ?? finish;
      if (typeof content !== 'string' || content === '') return;
      text += content;
      if (text.length > LONGEST_ANSWER) throw unusable('does not come to an end');
      onText(content);
    }

    function end(): void {
      if (refusal || finish === 'content_filter') reject(refusedTopic(secretless(refusal)));
      else if (finish === 'length') reject(unusable('was cut off at the model’s limit'));
      else if (text.trim() === '') reject(unusable('is empty'));
      else resolve(text);
    }

    const stream = connectEventStream(`${baseUrl}/chat/completions`, {
      headers: { 'content-type': 'application/json', ...(apiKey && { authorization: `Bearer ${apiKey}` }) },
      signal,
      silenceTimeoutMs: silenceMs,
      // Whether it is worth another attempt is for the stage to decide.
      retry: { maxAttempts: 0 },
      fetch: async (url, init) => {
        // A redirect could lead anywhere, also to where only this server gets.
        const request = { ...init, method: 'POST', body: JSON.stringify({ ...body, stream: true }) };
        const response = await fetch(url, { ...request, redirect: 'manual' });
        if (response.status !== 200) said = secretless(await beginningOf(response));
        return response;
      },
      onEvent({ data }) {
        try {
          if (data !== '[DONE]') return read(data);
          end();
        } catch (fault) {
          reject(fault);
        }
        stream.close();
      },
      onError({ status, retryAfterMs, code, message }) {
        // Some servers end the answer and never say [DONE].
        if (finish !== undefined && status === undefined) end();
        else if (status !== undefined && status !== 200)
          reject(refusedChat({ status, body: said, retryAfterMs, hasKey: apiKey !== undefined }));
        else if (code === 'ConnectionLost')
          reject(
            providerFault('ProviderNetworkError', 'It could not be reached, or fell silent.', { details: message }),
          );
        else reject(providerFault('ProviderServerError', 'It answered something that is no stream.'));
      },
      onStateChange({ status }) {
        // By the signal, or by an answer without a body; any other end has been told before.
        if (status === 'closed')
          reject(signal.aborted ? signal.reason : providerFault('ProviderServerError', 'It answered nothing.'));
      },
    });
  });
}

function parseChunk(data: string): Chunk {
  try {
    const chunk: unknown = JSON.parse(data);
    if (chunk !== null && typeof chunk === 'object') return chunk;
  } catch {
    // Said below, as for anything else that is no chunk.
  }
  throw providerFault('ProviderServerError', 'It sent something that is no JSON.');
}

function unusable(what: string): StageError {
  return new StageError({
    code: 'InvalidScript',
    message: `The answer ${what}.`,
    remediation: 'Try again, ask for a shorter video or choose another provider.',
    transient: true,
  });
}

/** A refusal may be of any length. */
async function beginningOf({ body }: Response): Promise<string> {
  const reader = body?.getReader();
  const parts: Uint8Array[] = [];
  // The status says enough: what is said beside it is not waited for.
  const enough = setTimeout(() => void reader?.cancel().catch(() => {}), LONGEST_REFUSAL_MS);
  for (let size = 0; reader && size < LONGEST_REFUSAL;) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    size += value.length;
  }
  clearTimeout(enough);
  await reader?.cancel();
  return Buffer.concat(parts).toString('utf8', 0, LONGEST_REFUSAL);
}
