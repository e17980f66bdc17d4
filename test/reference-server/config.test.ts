import { describe, expect, test } from 'vitest';
import { readConfig } from '../../reference-server/src/config.ts';

describe('settings', () => {
  test('the guide’s figures are the defaults', () => {
    expect(readConfig({})).toMatchObject({
      port: 5005,
      host: '127.0.0.1',
      keepAliveMs: 10_000,
      streamMaxMs: 300_000,
      allowSimulation: false,
    });
  });

  test('what is set to nothing is not set', () => {
    expect(readConfig({ PORT: '', AURA_CONCURRENCY: '' })).toMatchObject({ port: 5005, concurrency: 1 });
  });

  test.each([
    [{ PORT: 'many' }, /PORT: must be a whole number from 0 to 65535/],
    [{ PORT: '70000' }, /PORT: must be a whole number from 0 to 65535/],
    [{ AURA_MAX_STREAMS: '2.5' }, /AURA_MAX_STREAMS: must be a whole number of 0 or more/],
    [{ PORT: '70000' }, /PORT/],
    [{ AURA_HOST: '0.0.0.0' }, /AURA_HOST: 0\.0\.0\.0 can be reached from other machines/],
    [{ AURA_AUTH_JWT_SECRET: 'short' }, /AURA_AUTH_JWT_SECRET: must have at least 32/],
    [{ AURA_AUTH_JWKS_URL: 'http://issuer.example/keys' }, /AURA_AUTH_JWKS_URL: must be an https/],
    [{ AURA_AUTH_API_KEYS: 'ann:short' }, /AURA_AUTH_API_KEYS\S*: entry 1 must be owner:key/],
    [{ AURA_CONCURRENCY: '0' }, /AURA_CONCURRENCY/],
    [{ AURA_ALLOWED_ORIGINS: 'example.com' }, /AURA_ALLOWED_ORIGINS: must be origins/],
    [{ AURA_ALLOWED_ORIGINS: 'https://example.com/' }, /AURA_ALLOWED_ORIGINS/],
    [{ AURA_ALLOW_SIMULATION: 'maybe' }, /AURA_ALLOW_SIMULATION/],
    [{ AURA_ALLOW_PAUSE: 'maybe' }, /AURA_ALLOW_PAUSE/],
    [{ AURA_LLM_BASE_URL: 'file:///etc/passwd' }, /AURA_LLM_BASE_URL: must be an http or https/],
    [{ AURA_LLM_BASE_URL: 'https://user:pass@api.example' }, /AURA_LLM_BASE_URL: .*without user name/],
    [{ AURA_LLM_BASE_URL: 'https://api.example/v1?key=1' }, /AURA_LLM_BASE_URL: .*query/],
    [{ AURA_LLM_BASE_URL: 'api.example' }, /AURA_LLM_BASE_URL/],
    [{ AURA_LLM_BASE_URL: 'https://api.example/v1' }, /AURA_LLM_MODEL: must be set/],
    [{ AURA_LLM_API_KEY: 'sk-0123456789' }, /AURA_LLM_BASE_URL: must be set/],
    [{ AURA_LLM_FORMAT: 'xml' }, /AURA_LLM_FORMAT/],
    [{ AURA_SCRIPT_PROVIDERS: 'llm' }, /AURA_LLM_BASE_URL: must be set/],
    [{ AURA_SCRIPT_PROVIDERS: 'offline,human' }, /AURA_SCRIPT_PROVIDERS: must be llm, offline/],
    [{ AURA_SCRIPT_PROVIDERS: 'offline,offline' }, /AURA_SCRIPT_PROVIDERS/],
  ])('%j is refused by name', (environment, message) => {
    expect(() => readConfig(environment)).toThrow(message);
  });

  test('sign-in is off until there is a way to do it, and then any address will do', () => {
    expect(readConfig({ AURA_AUTH_ADMINS: 'ops' }).auth).toBeUndefined();
    expect(readConfig({ AURA_HOST: '0.0.0.0', AURA_AUTH_API_KEYS: `ann:sha256:${'0'.repeat(64)}` })).toMatchObject({
      host: '0.0.0.0',
      auth: { apiKeys: [{ ownerId: 'ann', hash: '0'.repeat(64) }] },
    });
  });

  test.each([{ AURA_AUTH_API_KEYS: 'ann:secret' }, { AURA_LLM_API_KEY: 'secret\nkey' }])(
    'a key that is refused is not shown: %j',
    (environment) => {
      expect(() => readConfig(environment)).toThrow(/^(?!.*secret\b)/s);
    },
  );

  test('a language model is asked before the offline writer, where there is one', () => {
    const model = { AURA_LLM_BASE_URL: 'http://127.0.0.1:11434/v1/', AURA_LLM_MODEL: 'tiny' };
    const llm = {
      baseUrl: 'http://127.0.0.1:11434/v1',
      model: 'tiny',
      apiKey: undefined,
      format: 'json_schema',
      silenceMs: 30_000,
    };

    expect(readConfig({})).toMatchObject({ scriptProviders: ['offline'], llm: undefined });
    expect(readConfig(model)).toMatchObject({ scriptProviders: ['llm', 'offline'], llm });
    expect(readConfig({ ...model, AURA_SCRIPT_PROVIDERS: 'llm' })).toMatchObject({ scriptProviders: ['llm'], llm });
    expect(readConfig({ ...model, AURA_SCRIPT_PROVIDERS: 'offline' })).toMatchObject({
      scriptProviders: ['offline'],
      llm: undefined,
    });
  });

  test('a misspelt name is reported', () => {
    expect(readConfig({ AURA_CONCURENCY: '2', HOME: '/' }).unknown).toEqual(['AURA_CONCURENCY']);
  });
});
