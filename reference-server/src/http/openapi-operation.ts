/** One route in the API's description: its answer, and what it refuses with. */
import { z } from 'zod';
import type { ZodOpenApiOperationObject, ZodOpenApiResponsesObject } from 'zod-openapi';
import * as answers from './schemas/answers.ts';

type Status = `${number}`;
/** Status, what it means, content, headers. */
type Success = [Status, string, object?, z.ZodRawShape?];

export const json = (schema: z.ZodType) => ({ 'application/json': { schema } });
export const text = (type: string) => ({ [type]: { schema: z.string() } });
export const jsonObject = { 'application/json': { schema: z.looseObject({}) } };

/** When each is answered. */
const PROBLEMS: Readonly<Record<number, string>> = {
  400: 'Not valid; `field` names what.',
  401: 'Sign in first.',
  403: 'Not allowed.',
  404: 'There is no such job, or it is not yours, or it has expired.',
  409: 'The job is not in a state for that; `currentStatus` says in which.',
  413: 'Too large.',
  415: 'In an unknown format.',
  416: 'The file ends before the range begins.',
  422: 'The idempotency key was used for another request.',
  426: 'Open it as a WebSocket.',
  429: 'Too much at once; `Retry-After` says when to come back.',
  503: 'Not available now.',
};
/** A body is read wherever one is sent. */
const ANYWHERE = [400, 401, 403, 413, 415];
/** Where the storage is asked for something. */
const STORED = 503;

const TRACED = {
  'X-Correlation-ID': z
    .string()
    .meta({ description: 'The request’s own, or a new one: for the operator, and in the log.' }),
};
const seconds = z.string().regex(/^\d+$/);
export const COUNTED = {
  'RateLimit-Limit': seconds.optional().meta({ description: 'In a minute, where there is a limit' }),
  'RateLimit-Remaining': seconds.optional(),
  'RateLimit-Reset': seconds.optional().meta({ description: 'Seconds' }),
};
const REFUSAL_HEADERS: Readonly<Record<number, z.ZodRawShape>> = {
  401: { 'WWW-Authenticate': z.string() },
  429: { 'Retry-After': seconds.meta({ description: 'Seconds' }) },
  503: { 'Retry-After': seconds.meta({ description: 'Seconds' }) },
};

/** What some answers carry. */
export const LOCATED = { Location: z.string().regex(/^\/api\/jobs\/[^/]+$/) };
export const NOT_STORED = { 'Cache-Control': z.string().regex(/no-(cache|store)/) };
export const UNBUFFERED = { ...NOT_STORED, 'X-Accel-Buffering': z.literal('no').optional() };

/** @param problems statuses beside those that any route may answer */
export function operation(
  summary: string,
  answer: Success,
  problems: readonly number[],
  rest: Partial<ZodOpenApiOperationObject> = {},
): ZodOpenApiOperationObject {
  return operationWithoutStorage(summary, answer, [...problems, STORED], rest);
}

/** A route that answers also while the storage does not. */
export function operationWithoutStorage(
  summary: string,
  answer: Success,
  problems: readonly number[] = [],
  rest: Partial<ZodOpenApiOperationObject> = {},
): ZodOpenApiOperationObject {
  return describe(summary, answer, [...problems, ...ANYWHERE], rest);
}

/** A route that asks nobody who they are, and reads no body. */
export function openOperation(
  summary: string,
  answer: Success,
  problems: readonly number[] = [],
): ZodOpenApiOperationObject {
  return describe(summary, answer, [403, ...problems], { security: [] });
}

function describe(
  summary: string,
  [status, description, content, headers]: Success,
  problems: readonly number[],
  { responses: more, ...request }: Partial<ZodOpenApiOperationObject>,
): ZodOpenApiOperationObject {
  // What is counted says so whatever comes of it.
  const counted = headers && 'RateLimit-Limit' in headers ? COUNTED : {};
  const refusals = problems.map((refusal) => [
    String(refusal),
    {
      description: PROBLEMS[refusal]!,
      content: { 'application/problem+json': { schema: answers.problem } },
      headers: z.object({ ...TRACED, ...counted, ...REFUSAL_HEADERS[refusal] }),
    },
  ]);
  const responses = {
    [status]: {
      description,
      ...(content && { content }),
      headers: z.object({ ...TRACED, ...headers }),
    },
    ...more,
    ...Object.fromEntries(refusals),
  } as ZodOpenApiResponsesObject;
  return { summary, ...request, responses };
}
