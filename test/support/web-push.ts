/** The two who read a push message: the browser, which decrypts it, and its push service, which checks who sends it. */
import { createDecipheriv, createECDH, hkdfSync, randomBytes } from 'node:crypto';
import { importJWK, jwtVerify } from 'jose';
import type { JWTPayload } from 'jose';

export interface BrowserSubscription {
  /** What the page sends to the server. */
  readonly keys: { readonly p256dh: string; readonly auth: string };
  /** The message of a request's body (RFC 8291, RFC 8188). @throws when it is not for this browser */
  decrypt(body: Buffer): string;
}

/** The secrets of a new subscription, as a browser makes them. */
export function subscribe(): BrowserSubscription {
  const browser = createECDH('prime256v1');
  const publicKey = browser.generateKeys();
  const auth = randomBytes(16);
  return {
    keys: { p256dh: publicKey.toString('base64url'), auth: auth.toString('base64url') },
    decrypt(body) {
      // Header of aes128gcm: salt, size of a record, and the sender's key.
      const salt = body.subarray(0, 16);
      const keyLength = body.readUInt8(20);
      const sender = body.subarray(21, 21 + keyLength);
      const record = body.subarray(21 + keyLength);
      const expand = (secret: Buffer, by: Buffer, info: string | Buffer, length: number): Buffer =>
        Buffer.from(hkdfSync('sha256', secret, by, info, length));
      const info = Buffer.concat([Buffer.from('WebPush: info\0'), publicKey, sender]);
      const secret = expand(browser.computeSecret(sender), auth, info, 32);
      const decipher = createDecipheriv(
        'aes-128-gcm',
        expand(secret, salt, 'Content-Encoding: aes128gcm\0', 16),
        expand(secret, salt, 'Content-Encoding: nonce\0', 12),
      );
      decipher.setAuthTag(record.subarray(-16));
      const padded = Buffer.concat([decipher.update(record.subarray(0, -16)), decipher.final()]);
      // The last record ends with 2 and zeros.
      return padded.subarray(0, padded.lastIndexOf(2)).toString();
    },
  };
}

/** What a push service does with `Authorization: vapid t=…, k=…` (RFC 8292). @throws when it refuses */
export async function verifyVapid(authorization: string, { key, audience }: { key: string; audience: string }) {
  const [, token = '', sent = ''] = /^vapid t=(\S+), k=(\S+)$/.exec(authorization) ?? [];
  if (sent !== key) throw new Error('The subscription is for another key.');
  const point = Buffer.from(key, 'base64url');
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((half) => half.toString('base64url'));
  const jwk = await importJWK({ kty: 'EC', crv: 'P-256', x: x!, y: y! }, 'ES256');
  const { payload }: { payload: JWTPayload } = await jwtVerify(token, jwk, { audience, algorithms: ['ES256'] });
  return payload;
}
