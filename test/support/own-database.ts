/**
 * Runs the server's own tests on the distributed engine: `AURA_REDIS_URL=redis://…` with a Redis that has many databases
 * (`redis-server --databases 10000`) gives each server that a test starts an empty one. Tests that look into the SQLite file
 * have nothing to look at then.
 */
const DATABASES = 10_000;

/** The setting for one server; nothing when its tests run on the embedded engine, as they do. */
export function ownDatabase(): Record<string, string> {
  const { AURA_REDIS_URL } = process.env;
  return AURA_REDIS_URL ? { AURA_REDIS_URL: `${AURA_REDIS_URL}/${Math.floor(Math.random() * DATABASES)}` } : {};
}
