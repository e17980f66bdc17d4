/** What the server says about itself: `/openapi.json`, `/asyncapi.json`, and `/docs` for people. */
import { readFileSync } from 'node:fs';
import { Router } from 'express';
import { asyncApiDocument } from '../asyncapi.ts';
import { docsPage } from '../docs-page.ts';
import { openApiDocument } from '../openapi.ts';
import { onlyAllow } from '../only-allow.ts';
import { PROBLEMS } from '../problem.ts';

export function documentRoutes(): Router {
  const router = Router();
  // Made when it is first asked for: a server that only works never needs it.
  let documents: { openapi: object; asyncapi: object; page: string } | undefined;
  const get = () => (documents ??= makeDocuments());
  router.get('/openapi.json', (_request, response) => void response.json(get().openapi));
  router.get('/asyncapi.json', (_request, response) => void response.json(get().asyncapi));
  router.get('/docs', (_request, response) => void response.type('html').send(get().page));
  for (const path of ['/openapi.json', '/asyncapi.json', '/docs']) onlyAllow(router, path, 'GET');
  return router;
}

function makeDocuments(): { openapi: object; asyncapi: object; page: string } {
  const file = new URL('../../../package.json', import.meta.url);
  const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version: string };
  const [openapi, asyncapi] = [openApiDocument(version), asyncApiDocument(version)];
  return { openapi, asyncapi, page: docsPage(openapi, asyncapi, PROBLEMS) };
}
