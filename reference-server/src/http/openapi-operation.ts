/** One route in the API's description: its answer, and what it refuses with. */
import { z } from 'zod';
import type { ZodOpenApiOperationObject, ZodOpenApiResponsesObject } from 'zod-openapi';
import * as answers from './schemas/answers.ts';

type Status = `${number}`;

export const json = (schema: z.ZodType) => ({ 'application/json': { schema } });
export const text = (type: string) => ({ [type]: { schema: z.string() } });

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
const ANYWHERE = [401, 403, 503];

/** @param problems statuses beside those that any route may answer */
export function operation(
  summary: string,
  [status, description, content]: [Status, string, object?],
  problems: readonly number[],
  rest: Partial<ZodOpenApiOperationObject> = {},
): ZodOpenApiOperationObject {
  const { responses: more, ...request } = rest;
  const refusals = [...problems, ...ANYWHERE].map((refusal) => [
    String(refusal),
    { description: PROBLEMS[refusal]!, content: { 'application/problem+json': { schema: answers.problem } } },
  ]);
  const responses = {
    [status]: { description, ...(content && { content }) },
    ...more,
    ...Object.fromEntries(refusals),
  } as ZodOpenApiResponsesObject;
  return { summary, ...request, responses };
}
