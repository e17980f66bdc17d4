/** Checks what a caller sends against a schema, and names every field that is wrong (AC-53). */
import type { z } from 'zod';
import { ServiceError } from './service-error.ts';

/**
 * @param prefix stands before the names of fields
 * @throws {ServiceError} `InvalidInput`
 */
export function checkInput<S extends z.ZodType>(schema: S, value: unknown, prefix = ''): z.output<S> {
  const result = schema.safeParse(value, {
    error: ({ code, input, expected }) =>
      code !== 'invalid_type' ? undefined : input === undefined ? 'is required' : `must be of type ${String(expected)}`,
  });
  if (result.success) return result.data;
  const errors: Record<string, string[]> = {};
  for (const { path, message } of result.error.issues) (errors[`${prefix}${path.join('.')}`] ??= []).push(message);
  throw invalidInput(errors);
}

/** @param errors what is wrong, by field */
export function invalidInput(errors: Readonly<Record<string, readonly string[]>>): ServiceError {
  const [[field, messages]] = Object.entries(errors) as [[string, string[]]];
  const message = `${field || 'The request body'}: ${messages[0]}.`;
  return new ServiceError('InvalidInput', message, {
    ...(field && { field }),
    errors,
    guidance: 'Correct the named fields and send the request again.',
  });
}
