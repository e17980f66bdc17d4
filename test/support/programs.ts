/** Programs of a deployment, as tests find them with `findProgram`. */
import type { Wanted } from './installed-program.ts';

export const NGINX: Wanted = { name: 'nginx', packages: ['nginx-light'], folders: ['/usr/sbin', '/usr/local/sbin'] };
export const OPENSSL: Wanted = { name: 'openssl', packages: ['openssl'] };
export const CURL: Wanted = { name: 'curl', packages: ['curl'] };
export const REDIS: Wanted = { name: 'redis-server', packages: ['redis-server'] };
/** OpenStack's object store, which speaks S3. */
export const SWIFT: Wanted = {
  name: 'swift-proxy-server',
  packages: ['swift-proxy', 'swift-account', 'swift-container', 'swift-object'],
};
