import webPush from 'web-push';
import { describe, expect, test } from 'vitest';
import { readConfig } from '../../reference-server/src/config.ts';

const keys = webPush.generateVAPIDKeys();
const VAPID = {
  AURA_VAPID_PUBLIC_KEY: keys.publicKey,
  AURA_VAPID_PRIVATE_KEY: keys.privateKey,
  AURA_VAPID_SUBJECT: 'mailto:ops@example.com',
};

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
    [{ AURA_REDIS_URL: 'localhost:6379' }, /AURA_REDIS_URL: must be redis:/],
    [{ AURA_ROLE: 'boss' }, /AURA_ROLE/],
    [{ AURA_ROLE: 'worker' }, /AURA_ROLE: worker is one of several processes, which share AURA_REDIS_URL/],
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
    [{ AURA_WEBHOOK_SECRET: 'secret' }, /AURA_WEBHOOK_SECRET: must be whsec_/],
    [{ AURA_WEBHOOK_SECRET: 'whsec_c2hvcnQ=' }, /AURA_WEBHOOK_SECRET: must be whsec_/],
    [{ AURA_VAPID_SUBJECT: 'ops@example.com' }, /AURA_VAPID_SUBJECT: must be mailto:/],
    [{ AURA_VAPID_SUBJECT: 'mailto:ops@example.com' }, /AURA_VAPID_PUBLIC_KEY, AURA_VAPID_PRIVATE_KEY: Web Push needs/],
    [{ ...VAPID, AURA_VAPID_PUBLIC_KEY: 'short' }, /AURA_VAPID_PUBLIC_KEY: must be 65 bytes/],
    [{ ...VAPID, AURA_VAPID_PRIVATE_KEY: Buffer.alloc(32, 1).toString('base64url') }, /is not the public half/],
    [{ AURA_NOTIFY_PRIVATE_HOSTS: 'localhost:80' }, /AURA_NOTIFY_PRIVATE_HOSTS: must be names/],
    [{ AURA_NOTIFY_PRIVATE_HOSTS: 'http://localhost' }, /AURA_NOTIFY_PRIVATE_HOSTS: must be names/],
    [{ AURA_NOTIFY_ATTEMPTS: '0' }, /AURA_NOTIFY_ATTEMPTS/],
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

  test('nobody is notified until there are keys for it', () => {
    expect(readConfig({}).notifications).toMatchObject({ webhookSecrets: [], vapid: undefined, privateHosts: [] });
    const secret = `whsec_${'A'.repeat(32)}`;
    const settings = { AURA_WEBHOOK_SECRET: `${secret}, ${secret}`, AURA_NOTIFY_PRIVATE_HOSTS: 'Hooks.Internal, ::1' };
    expect(readConfig({ ...VAPID, ...settings })).toMatchObject({
      notifications: {
        webhookSecrets: [secret, secret],
        vapid: { publicKey: VAPID.AURA_VAPID_PUBLIC_KEY, subject: 'mailto:ops@example.com' },
        privateHosts: ['hooks.internal', '[::1]'],
      },
      unknown: [],
    });
  });

  test('a secret that is refused is not shown', () => {
    expect(() => readConfig({ AURA_WEBHOOK_SECRET: 'my secret' })).toThrow(/^(?!.*my secret)/s);
    const other = Buffer.alloc(32, 1).toString('base64url');
    expect(() => readConfig({ ...VAPID, AURA_VAPID_PRIVATE_KEY: other })).toThrow(expect.not.stringContaining(other));
  });

  test('a misspelt name is reported', () => {
    expect(readConfig({ AURA_CONCURENCY: '2', HOME: '/' }).unknown).toEqual(['AURA_CONCURENCY']);
  });
});
