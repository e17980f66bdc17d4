/** Where the server goes when a stranger has chosen the address, and where it does not. */
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { postOnce } from '../../../reference-server/src/notifications/post-once.ts';
import type { PostOptions } from '../../../reference-server/src/notifications/post-once.ts';
import { isPublicAddress } from '../../../reference-server/src/notifications/public-address.ts';
import { retryWait } from '../../../reference-server/src/notifications/retry-wait.ts';
import { startReceiver } from '../../support/receiver.ts';
import type { Receiver } from '../../support/receiver.ts';

let receiver: Receiver;

beforeEach(async () => {
  receiver = await startReceiver();
});
afterEach(() => receiver.close());

const post = (url: string, options: Partial<PostOptions> = {}) =>
  postOnce(url, {
    headers: { 'x-test': 'yes' },
    body: '{}',
    signal: AbortSignal.timeout(20_000),
    privateHosts: [],
    ...options,
  });
/** A resolver that says something else each time, as an attacker's name server does. */
function rebinding(...answers: readonly string[][]): { resolve: NonNullable<PostOptions['resolve']>; asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    resolve(hostname, done) {
      const addresses = answers[Math.min(asked.push(hostname), answers.length) - 1]!;
      done(
        null,
        addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      );
    },
  };
}

test.each([
  ['8.8.8.8', true],
  ['2606:4700:4700::1111', true],
  ['[2a00:1450:4001:829::200e]', true],
  ['0.0.0.0', false],
  ['10.255.0.1', false],
  ['100.64.0.1', false],
  ['127.8.8.8', false],
  ['169.254.169.254', false],
  ['172.16.0.1', false],
  ['172.31.255.255', false],
  ['172.32.0.1', true],
  ['192.168.1.1', false],
  ['198.19.0.1', false],
  ['224.0.0.1', false],
  ['255.255.255.255', false],
  ['::', false],
  ['::1', false],
  ['[::1]', false],
  ['::ffff:8.8.8.8', false],
  ['::ffff:127.0.0.1', false],
  ['64:ff9b::7f00:1', false],
  ['fc00::1', false],
  ['fd12::1', false],
  ['fe80::1', false],
  ['ff02::1', false],
  ['2001:db8::1', false],
  ['2001::1', false],
  ['2002:7f00:1::', false],
  ['example.com', undefined],
])('%s is of the public internet: %s', (address, expected) => {
  expect(isPublicAddress(address)).toBe(expected);
});

describe('an address of a private network', () => {
  test.each(['127.0.0.1', '127.1', '2130706433', '0x7f.1', '[::ffff:127.0.0.1]', '0.0.0.0'])(
    'is not gone to when it is written %s',
    async (host) => {
      await expect(post(`http://${host}:${receiver.port}/`)).rejects.toThrow('private network');
      expect(receiver.received).toEqual([]);
    },
  );

  test('is not gone to when a name leads there', async () => {
    await expect(post(receiver.url)).rejects.toThrow('private network');
    await expect(post(`http://LOCALHOST.:${receiver.port}`)).rejects.toThrow(/private network|ENOTFOUND|EAI_AGAIN/);
    expect(receiver.received).toEqual([]);
  });

  test('is not gone to when one of the addresses of a name is such', async () => {
    const { resolve } = rebinding(['8.8.8.8', '127.0.0.1']);
    await expect(post(`http://hooks.example:${receiver.port}/`, { resolve })).rejects.toThrow('private network');
    expect(receiver.received).toEqual([]);
  });

  test('is gone to when its host is allowed, and no other is', async () => {
    const privateHosts = ['localhost'];
    expect(await post(receiver.url, { privateHosts })).toMatchObject({ status: 204 });
    await expect(post(`http://127.0.0.1:${receiver.port}`, { privateHosts })).rejects.toThrow('private network');
  });
});

test('a name that nobody knows is an error like any other', async () => {
  await expect(post('http://nowhere.invalid/', { privateHosts: ['nowhere.invalid'] })).rejects.toThrow(/nowhere/);
  await expect(post('http://hooks.example/', { resolve: (_name, done) => done(null, []) })).rejects.toThrow(/address/);
});

test('a name is looked up once, and the connection goes to the address that was checked', async () => {
  // A second look-up would find the other answer, and nothing listens there.
  const { resolve, asked } = rebinding(['127.0.0.1'], ['127.0.0.2']);
  const url = `http://hooks.example:${receiver.port}/`;
  expect(await post(url, { resolve, privateHosts: ['hooks.example'] })).toMatchObject({ status: 204 });
  expect(asked).toEqual(['hooks.example']);
  expect(receiver.received[0]!.headers).toMatchObject({ host: `hooks.example:${receiver.port}`, 'x-test': 'yes' });

  const turned = rebinding(['127.0.0.1'], ['8.8.8.8']);
  await expect(post(url, { resolve: turned.resolve })).rejects.toThrow('private network');
  expect(turned.asked).toHaveLength(1);
});

describe('an answer', () => {
  const privateHosts = ['localhost'];

  test('that leads elsewhere is not followed', async () => {
    const elsewhere = await startReceiver();
    receiver.answer = (response) => void response.writeHead(302, { location: elsewhere.url }).end();
    expect(await post(receiver.url, { privateHosts })).toMatchObject({ status: 302 });
    expect(elsewhere.received).toEqual([]);
    await elsewhere.close();
  });

  test('that has no end is cut off', async () => {
    let sent = 0;
    let cut: Promise<unknown> | undefined;
    receiver.answer = (response) => {
      cut = once(response, 'close');
      const write = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(16_384))) sent += 16_384;
      };
      response.on('drain', write);
      write();
    };
    expect(await post(receiver.url, { privateHosts })).toMatchObject({ status: 200 });
    await cut;
    // What fits into the sockets' buffers, and not more.
    expect(sent).toBeLessThan(20_000_000);
  });

  test('that does not come ends with the time that it has', async () => {
    receiver.answer = () => {};
    const signal = AbortSignal.timeout(300);
    await expect(post(receiver.url, { privateHosts, signal })).rejects.toThrow();
    const mute = createServer(() => {}).listen(0, '127.0.0.1');
    await once(mute, 'listening');
    const url = `http://localhost:${(mute.address() as AddressInfo).port}`;
    await expect(post(url, { privateHosts, signal: AbortSignal.timeout(300) })).rejects.toThrow();
    mute.close();
  });

  test.each([
    ['30', 30_000],
    [new Date(Date.now() + 3_600_000).toUTCString(), 3_600_000],
    ['-1', undefined],
    ['soon', undefined],
  ])('may ask for time: Retry-After: %s', async (text, ms) => {
    receiver.answer = (response) => void response.writeHead(429, { 'retry-after': text }).end();
    const { retryAfterMs } = await post(receiver.url, { privateHosts });
    if (ms === undefined) expect(retryAfterMs).toBeUndefined();
    else expect(retryAfterMs! / ms).toBeCloseTo(1, 1);
  });
});

test('the wait doubles up to 15 minutes, with jitter; a receiver may ask for more, up to an hour', () => {
  const waits = (random: number) =>
    [1, 2, 3, 8, 9, 20].map((attempt) => retryWait(attempt, { firstMs: 5000, random: () => random }));
  expect(waits(1)).toEqual([5000, 10_000, 20_000, 640_000, 900_000, 900_000]);
  expect(waits(0)).toEqual([2500, 5000, 10_000, 320_000, 450_000, 450_000]);
  expect(retryWait(1, { firstMs: 5000, askedMs: 60_000 })).toBe(60_000);
  expect(retryWait(1, { firstMs: 5000, askedMs: 1e9 })).toBe(3_600_000);
});
