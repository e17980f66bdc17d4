/** The documents as a page: plain HTML without a script, so that it needs nothing from anywhere else. */

interface Operation {
  readonly summary: string;
  readonly parameters?: readonly { name: string; in: string; required?: boolean; description?: string }[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, { description: string; content?: Content }>>;
}
type Content = Readonly<Record<string, { schema: object }>>;
interface OpenApi {
  readonly info: { readonly title: string; readonly version: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
}
interface AsyncApi {
  readonly components: {
    readonly messages: Readonly<Record<string, { title: string }>>;
    readonly schemas: Readonly<Record<string, object>>;
  };
}

/** By name; `code` where it is another. */
type Problems = Readonly<Record<string, { status: number; title: string; code?: string }>>;

export function docsPage(openapi: object, asyncapi: object, problems: Problems): string {
  const { info, paths, components } = openapi as OpenApi;
  const { messages, schemas: payloads } = (asyncapi as AsyncApi).components;
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => section(`${method.toUpperCase()} ${path}`, operation)),
  );
  const events = Object.entries(payloads).map(([name, payload]) => schema(name, payload, messages[name]?.title));
  const errors = Object.entries(problems).map(
    ([name, { status, title, code = name }]) =>
      `<tr id="${escape(name)}"><th scope="row"><code>${escape(code)}</code></th><td>${status}</td><td>${escape(title)}</td></tr>`,
  );
  const schemas = Object.entries(components.schemas).map(([name, shape]) => schema(name, shape));
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(info.title)} ${escape(info.version)}: the API</title>
<link rel="icon" href="icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="docs.css">
<main>
<h1>${escape(info.title)} ${escape(info.version)}</h1>
<p>The same for programs: <a href="/openapi.json">OpenAPI</a>, <a href="/asyncapi.json">AsyncAPI</a>.</p>
<h2>Requests</h2>
${operations.join('\n')}
<h2>Events</h2>
${events.join('\n')}
<h2>Errors</h2>
<table>${errors.join('\n')}</table>
<h2>Shapes</h2>
${schemas.join('\n')}
</main>
</html>
`;
}

function section(name: string, { summary, parameters = [], requestBody, responses }: Operation): string {
  const rows = parameters.map(({ name: parameter, in: place, required, description = '' }) =>
    row(parameter, `${place}${required ? ', required' : ''}`, description),
  );
  const body = Object.entries(requestBody?.content ?? {}).map(([type, content]) =>
    row('body', type, shapeOf(content.schema)),
  );
  const answers = Object.entries(responses).map(([status, { description, content = {} }]) =>
    row(status, Object.keys(content).join(', '), escape(description) + links(content)),
  );
  return `<details><summary><code>${escape(name)}</code> ${escape(summary)}</summary>
<table>${[...rows, ...body, ...answers].join('\n')}</table></details>`;
}

/** @param what HTML */
function row(name: string, kind: string, what: string): string {
  return `<tr><th scope="row"><code>${escape(name)}</code></th><td>${escape(kind)}</td><td>${what}</td></tr>`;
}

function links(content: Content): string {
  return Object.values(content)
    .map(({ schema: shape }) => ` ${shapeOf(shape)}`)
    .join('');
}

function shapeOf(shape: object): string {
  const [, name] = /^#\/components\/schemas\/(.+)$/.exec((shape as { $ref?: string }).$ref ?? '') ?? [];
  if (name) return `<a href="#${escape(name)}">${escape(name)}</a>`;
  return Object.keys(shape).length > 1 ? `<pre>${escape(JSON.stringify(shape, null, 2))}</pre>` : '';
}

function schema(name: string, shape: object, title = ''): string {
  return `<details id="${escape(name)}"><summary><code>${escape(name)}</code> ${escape(title)}</summary>
<pre>${escape(JSON.stringify(shape, null, 2))}</pre></details>`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
