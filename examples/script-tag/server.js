/** The partner's web server: four files on an origin of their own, under a policy that allows what the page needs and nothing else. */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';

const API = 'http://localhost:5005';
/** Where the API really is, for those who run it elsewhere. */
const { AURA_URL = API, PORT = '8080' } = process.env;

const FILES = new Map([
  ['/', ['index.html', 'text/html']],
  ['/page.js', ['page.js', 'text/javascript']],
  ['/style.css', ['style.css', 'text/css']],
  ['/icon.svg', ['icon.svg', 'image/svg+xml']],
]);

const html = await readPage('index.html');
const [, hash] = /integrity="(sha384-[^"]+)"/.exec(html);

const POLICY = [
  `default-src 'none'`,
  // The page's own script, and one file of the API by its hash: no other file from there, and not even another version of it.
  `script-src 'self' '${hash}'`,
  `style-src 'self'`,
  `img-src 'self'`,
  `connect-src ${AURA_URL}`,
  `media-src ${AURA_URL}`,
  `base-uri 'none'`,
  `form-action 'none'`,
  `frame-ancestors 'none'`,
  `require-trusted-types-for 'script'`,
  `trusted-types aura-lit-html`,
].join('; ');

const server = createServer(async ({ url }, response) => {
  const [name, type] = FILES.get(url) ?? [];
  if (!name) return void response.writeHead(404).end();
  response.writeHead(200, {
    'content-type': `${type}; charset=utf-8`,
    'content-security-policy': POLICY,
    'x-content-type-options': 'nosniff',
  });
  response.end(await readPage(name));
});

server.listen(Number(PORT), '127.0.0.1', () => {
  console.log(`The page is at http://127.0.0.1:${server.address().port}`);
});

async function readPage(name) {
  const text = await readFile(new URL(`page/${name}`, import.meta.url), 'utf8');
  return text.replaceAll(API, AURA_URL);
}
