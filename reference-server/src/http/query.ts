/** Reads query parameters, and says by name which one is wrong. */
import type { Request } from 'express';
import { ServiceError } from '../jobs/service-error.ts';

export function invalid(field: string, what: string): ServiceError {
  return new ServiceError('InvalidInput', `${field}: ${what}.`, { field });
}

/** A parameter that is given once at most. */
export function textOf(request: Request, field: string): string | undefined {
  const value = request.query[field];
  if (value === undefined || typeof value === 'string') return value;
  throw invalid(field, 'must be given once');
}

/** The distinct items of a list such as `a,b,c`, also when it is given in parts. */
export function listOf(request: Request, field: string): string[] {
  const items = [request.query[field] ?? []].flat().flatMap((part) => String(part).split(','));
  return [...new Set(items.flatMap((item) => item.trim() || []))];
}

/** How many are asked for at most. */
export function limitOf(request: Request, { preset, max }: { readonly preset: number; readonly max: number }): number {
  const limit = textOf(request, 'limit') ?? String(preset);
  const value = /^\d{1,3}$/.test(limit) ? Number(limit) : 0;
  if (value >= 1 && value <= max) return value;
  throw invalid('limit', `must be a whole number from 1 to ${max}`);
}

/** Up to 500 ids of jobs: as many as the request line of an HTTP server takes. */
export function jobIdsOf(request: Request, field: string): string[] {
  const ids = listOf(request, field);
  if (ids.length >= 1 && ids.length <= 500) return ids;
  throw invalid(field, 'must be 1 to 500 job ids, separated by commas');
}
