/** Says which methods a path has to whoever tries another one. */
import type { Router } from 'express';
import { ServiceError } from '../jobs/service-error.ts';

/** To be called after the path's routes. */
export function onlyAllow(router: Router, path: string, methods: string): void {
  router.all(path, (request, response) => {
    response.set('Allow', methods);
    throw new ServiceError('MethodNotAllowed', `${request.path} answers ${methods} only.`);
  });
}
