/** How large a body may be. */
import type { RequestHandler } from 'express';
import { ServiceError } from '../../jobs/service-error.ts';

export const tooLarge = (): ServiceError =>
  new ServiceError('PayloadTooLarge', 'The request body is larger than this server accepts.');

/** Refuses a body that says it is too large before it comes: Express would read it to its end first, whatever its size. */
export function bodyLimit(maxBytes: number): RequestHandler {
  return ({ headers }, _response, next) => {
    if (Number(headers['content-length']) > maxBytes) throw tooLarge();
    next();
  };
}
