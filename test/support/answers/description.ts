/** What the server says of itself, as a judge of what it answers: the OpenAPI document for answers, the AsyncAPI document for events. */
import { z } from 'zod';

type JsonSchema = Readonly<Record<string, unknown>>;

interface Header {
  readonly required?: boolean;
  readonly schema: JsonSchema;
}

interface Response {
  readonly headers?: Readonly<Record<string, Header>>;
  readonly content?: Readonly<Record<string, { readonly schema: JsonSchema }>>;
}

interface Operation {
  readonly requestBody?: Required<Pick<Response, 'content'>> & { readonly required?: boolean };
  readonly responses: Readonly<Record<string, Response>>;
}

interface Message {
  readonly payload: JsonSchema;
  readonly headers?: JsonSchema;
}

export interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, JsonSchema>> };
}

export interface AsyncApi {
  readonly components: {
    readonly messages: Readonly<Record<string, Message>>;
    readonly schemas: Readonly<Record<string, JsonSchema>>;
  };
}

export interface Answer {
  readonly method: string;
  /** With or without its query. */
  readonly path: string;
  readonly status: number;
  /** It was asked for a WebSocket. */
  readonly upgrade?: boolean;
  /** By name in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Text of JSON; of anything else whether there was a body at all is enough. */
  readonly body: string;
}

/** What is not part of the API: pages, their scripts and pictures. Their problems are told like all others. */
const API = /^\/(api|artifacts|metrics|healthz|readyz|docs|openapi\.json|asyncapi\.json)(\/|$)/i;
/** What a path that is not described may answer: nothing is there, or it was not looked for. */
const NOWHERE = new Set([400, 401, 403, 404, 413, 415]);
const PROBLEM = 'application/problem+json';
const JSON_TYPE = 'application/json';
/** Headers that clients act on. */
const TELLING = /^(ratelimit-.*|retry-after|location|www-authenticate)$/;

export class Description {
  readonly #openapi: OpenApi;
  readonly #asyncapi: AsyncApi;
  readonly #routes: readonly { readonly path: string; readonly pattern: RegExp }[];
  readonly #schemas = new Map<JsonSchema, z.ZodType>();

  constructor(openapi: object, asyncapi: object) {
    this.#openapi = openapi as OpenApi;
    this.#asyncapi = asyncapi as AsyncApi;
    // `/api/jobs/cancel` before `/api/jobs/{jobId}`.
    this.#routes = Object.keys(this.#openapi.paths)
      .toSorted((a, b) => Number(a.includes('{')) - Number(b.includes('{')))
      // Express passes over case, and over a slash at the end.
      .map((path) => ({ path, pattern: new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}/?$`, 'i') }));
  }

  /** In which ways an answer is not as described. */
  differences(answer: Answer): string[] {
    const { method, status } = answer;
    const path = answer.path.split('?', 1)[0]!;
    const route = this.routeOf(path);
    const say = (what: string): string => `${method} ${route ?? path} ${status}: ${what}`;
    // The answer to a preflight.
    if (method === 'OPTIONS' && status === 204) return [];
    // `HEAD` is answered as `GET`.
    const operation = this.#openapi.paths[route ?? '']?.[method === 'HEAD' ? 'get' : method.toLowerCase()];
    // Sockets have a path of their own: anywhere else there is nothing for them.
    const noSocketHere = answer.upgrade === true && status === 404;
    if (!operation || noSocketHere) return this.#differencesOfNowhere(answer, API.test(path), route).map(say);
    const described = operation.responses[status];
    if (!described) return [say(`the status is not described; the body was ${answer.body.slice(0, 500)}`)];
    return [...this.#differencesOfHeaders(described, answer), ...this.#differencesOfBody(described, answer)].map(say);
  }

  /** In which ways a JSON body is not what a route describes that it takes. */
  differencesOfRequest(method: string, route: string, body: unknown): string[] {
    return this.#check(
      this.#openapi.paths[route]![method.toLowerCase()]!.requestBody!.content[JSON_TYPE]!.schema,
      body,
    );
  }

  /** The described path that a path belongs to. */
  routeOf(path: string): string | undefined {
    const plain = path.split('?', 1)[0]!;
    return this.#routes.find(({ pattern }) => pattern.test(plain))?.path;
  }

  /** In which ways an event of a stream is not as described. */
  differencesOfEvent(event: {
    readonly id?: string | undefined;
    readonly type: string;
    readonly data: unknown;
  }): string[] {
    const { id, type, data } = event;
    const message = this.#asyncapi.components.messages[type];
    if (!message) return [`the event ${type} is not described`];
    const head = this.#check(message.headers!, { event: type, ...(id !== undefined && { id }) });
    return [...head, ...this.#check(message.payload, data)].map((what) => `the event ${type}: ${what}`);
  }

  /** In which ways a message on a WebSocket, or an event of a page, is not as described. */
  differencesOfMessage(message: { readonly type?: unknown }): string[] {
    const described = this.#asyncapi.components.messages[`socket.${String(message.type)}`];
    if (!described) return [`the message ${JSON.stringify(message).slice(0, 200)} is not described`];
    return this.#check(described.payload, message).map((what) => `the message ${String(message.type)}: ${what}`);
  }

  /** Where there is nothing: a problem. A path that is there under another method says which. */
  #differencesOfNowhere(answer: Answer, isApi: boolean, route: string | undefined): string[] {
    const { status, headers } = answer;
    if (status < 400) return isApi ? ['the route is not described'] : [];
    if (route !== undefined && status === 405) {
      const known = Object.keys(this.#openapi.paths[route]!).map((name) => name.toUpperCase());
      const allow = headers.allow?.split(', ').toSorted().join();
      if (allow !== known.toSorted().join()) return [`Allow says ${allow}, described are ${known.join()}`];
    } else if (!NOWHERE.has(status)) return ['the route is not described'];
    return this.#differencesOfBody(
      { content: { [PROBLEM]: { schema: { $ref: '#/components/schemas/Problem' } } } },
      answer,
    );
  }

  #differencesOfHeaders({ headers = {} }: Response, answer: Answer): string[] {
    const described = new Set(Object.keys(headers).map((name) => name.toLowerCase()));
    const silent = Object.keys(answer.headers).filter((name) => TELLING.test(name) && !described.has(name));
    const wrong = Object.entries(headers).flatMap(([name, { required, schema }]) => {
      const value = answer.headers[name.toLowerCase()];
      if (value === undefined) return required ? [`the header ${name} is missing`] : [];
      return this.#check(schema, value).map((what) => `the header ${name}: ${what}`);
    });
    return [...silent.map((name) => `the header ${name} is not described`), ...wrong];
  }

  #differencesOfBody({ content }: Response, { method, headers, body }: Answer): string[] {
    if (method === 'HEAD') return [];
    if (!content) return body === '' ? [] : ['a body is not described'];
    const type = headers['content-type']?.split(';', 1)[0]?.trim() ?? '';
    const described = content[type] ?? content['*/*'];
    if (!described) return [`the type ${type} is not described`];
    // A file may be of any type, and its bytes are its own.
    if (!content[type] || !type.endsWith('json')) return [];
    let value: unknown;
    try {
      value = JSON.parse(body);
    } catch {
      return ['the body is not JSON'];
    }
    const events = (value as { events?: object[] }).events ?? [];
    return [...this.#check(described.schema, value), ...events.flatMap((event) => this.differencesOfMessage(event))];
  }

  #check(schema: JsonSchema, value: unknown): string[] {
    const { error } = this.#schemaOf(schema).safeParse(value);
    return (error?.issues ?? []).map(({ path, message }) => `${path.join('.')} ${message} in ${short(value)}`);
  }

  /** A schema of a document, with what it refers to. */
  #schemaOf(schema: JsonSchema): z.ZodType {
    const known = this.#schemas.get(schema);
    if (known) return known;
    const inPlace = (part: unknown): JsonSchema =>
      JSON.parse(JSON.stringify(part).replaceAll('#/components/schemas/', '#/$defs/')) as JsonSchema;
    const defs = { ...this.#openapi.components.schemas, ...this.#asyncapi.components.schemas };
    const made = z.fromJSONSchema({ ...inPlace(schema), $defs: inPlace(defs) } as never);
    this.#schemas.set(schema, made);
    return made;
  }
}

function short(value: unknown): string {
  return JSON.stringify(value).slice(0, 500);
}
