/** Reads an event stream without the SDK, as plain text and frames, so that the server is judged on its own. */

export interface RawFrame {
  readonly id: string | undefined;
  readonly event: string | undefined;
  readonly data: unknown;
  readonly comment: boolean;
  readonly retry: number | undefined;
}

export interface RawStream {
  readonly response: Response;
  /** Frames so far. */
  readonly frames: readonly RawFrame[];
  /** Events with a name, that is, neither comments nor `retry` alone. */
  readonly events: readonly RawFrame[];
  /** Resolves when `found` holds for the frames so far; rejects when the stream ends first. */
  until(found: (frames: readonly RawFrame[]) => boolean): Promise<void>;
  /** Resolves when the server has ended the stream. */
  readonly ended: Promise<void>;
  close(): void;
}

export async function openRawStream(url: string, init: RequestInit = {}): Promise<RawStream> {
  const abort = new AbortController();
  const response = await fetch(url, { ...init, signal: abort.signal });
  const frames: RawFrame[] = [];
  const waiting = new Set<() => void>();
  let over = false;
  const ended = (async () => {
    const decoder = new TextDecoder();
    let text = '';
    const reader = response.body?.getReader();
    try {
      for (let chunk = await reader?.read(); chunk && !chunk.done; chunk = await reader!.read()) {
        text += decoder.decode(chunk.value, { stream: true });
        for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
          frames.push(toFrame(text.slice(0, end)));
          text = text.slice(end + 2);
        }
        for (const check of waiting) check();
      }
    } finally {
      over = true;
      for (const check of waiting) check();
    }
  })().catch(() => {});
  return {
    response,
    frames,
    get events() {
      return frames.filter(({ event }) => event !== undefined);
    },
    until: (found) =>
      new Promise((resolve, reject) => {
        const check = (): void => {
          const done = found(frames);
          if (!done && !over) return;
          waiting.delete(check);
          if (done) resolve();
          else reject(new Error(`The stream ended first, after ${JSON.stringify(frames.map(({ event }) => event))}`));
        };
        waiting.add(check);
        check();
      }),
    ended,
    close: () => abort.abort(),
  };
}

function toFrame(block: string): RawFrame {
  const fields = new Map(
    block.split('\n').map((line): [string, string] => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon), line.slice(colon + 1).trimStart()];
    }),
  );
  const data = fields.get('data');
  return {
    id: fields.get('id'),
    event: fields.get('event'),
    data: data === undefined ? undefined : JSON.parse(data),
    comment: block.startsWith(':'),
    retry: fields.has('retry') ? Number(fields.get('retry')) : undefined,
  };
}
