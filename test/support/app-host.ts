/** Serves a bundled application as the only thing on a page, on an origin of its own. */
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { startScriptedServer } from './scripted-server.ts';
import type { ScriptedServer } from './scripted-server.ts';

const PAGE = `<!doctype html><link rel="icon" href="data:,">
<div id="root"></div><script type="module" src="/app.js"></script>`;

/**
 * @param entry the application's first file; it mounts itself in `#root`
 * @param conditions `[]` takes packages as they are published
 */
export async function serveApp(entry: URL, conditions = ['aura-source']): Promise<ScriptedServer> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(entry)],
    bundle: true,
    write: false,
    format: 'esm',
    jsx: 'automatic',
    conditions,
    define: { 'process.env.NODE_ENV': '"development"' },
  });
  return startScriptedServer(({ url }, response) => {
    const script = url === '/app.js';
    response.setHeader('content-type', script ? 'text/javascript' : 'text/html');
    response.end(script ? outputFiles[0]!.contents : PAGE);
  });
}
