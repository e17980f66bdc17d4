/** The API as OpenAPI 3.1, made of the schemas that requests are checked with and answers are tested against. */
import { createDocument } from 'zod-openapi';
import { paths } from './openapi-paths.ts';
import { webhooks } from './openapi-webhooks.ts';

/** @param version of the server */
export function openApiDocument(version: string): object {
  return createDocument({
    openapi: '3.1.1',
    info: {
      title: 'Aura Jobs',
      version,
      description: [
        'Start, watch, cancel and retry jobs that make videos.',
        'Whatever the path, a request may also be answered with 405 (the path is there for the methods in `Allow`), 408 (the request does not come to its end) or 431 (path or headers are too long), as `application/problem+json`, too.',
      ].join('\n\n'),
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    security: [{ bearer: [] }, { apiKey: [] }, {}],
    paths,
    webhooks,
    components: {
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          description: 'A token of the identity provider, an API key, or a view token.',
        },
        apiKey: { type: 'apiKey', in: 'header', name: 'X-API-Key' },
      },
    },
  });
}
