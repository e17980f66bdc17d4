/** Artifacts in a bucket of an S3-compatible store. The API fetches them for its readers, so that whose they are is asked in one place. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import type { GetObjectCommandInput, HeadObjectCommandOutput, S3ClientConfig } from '@aws-sdk/client-s3';
import type { Artifact } from '@aura-jobs/sdk/protocol';
import type { Response } from 'express';
import { ServiceError } from '../jobs/service-error.ts';
import { artifactPath } from './artifact-store.ts';
import type { ArtifactFile, ArtifactStore } from './artifact-store.ts';
import { S3Fault, statusOf } from './s3-fault.ts';

export interface S3Place {
  readonly bucket: string;
  /** What the keys begin with: nothing, or a path that ends with a slash. */
  readonly prefix: string;
  /** Of a store that is not Amazon's. */
  readonly endpoint: string | undefined;
  readonly region: string;
}

type Place = Pick<GetObjectCommandInput, 'Bucket' | 'Key'>;
type Conditions = Pick<GetObjectCommandInput, 'Range' | 'IfMatch' | 'IfUnmodifiedSince'>;
type Answer = HeadObjectCommandOutput & { readonly Body?: unknown };

/** A store that sends or takes nothing for so long in the middle of a file is taken to be gone, in ms. */
const SILENCE_MS = 30_000;
const CONNECT_MS = 3000;
/** Longest time until an answer begins, in ms. */
const ANSWER_MS = 5000;
/** Downloads of one process at the same time; more wait. */
const SOCKETS = 1000;

/** One range, as every S3 knows it. Some answer several in a form of their own, which is not the file. */
const ONE_RANGE = /^bytes=(\d+-\d*|-\d+)$/;

const SILENT = { trace() {}, debug() {}, info() {}, warn() {}, error() {} };

export class S3ArtifactStore implements ArtifactStore {
  /** For questions and downloads: a reader may rest for as long as it likes. */
  readonly #client: S3Client;
  /** For uploads, whose answer comes at their end. */
  readonly #uploads: S3Client;
  readonly #bucket: string;
  readonly #prefix: string;
  readonly #silenceMs: number;

  /** @param silenceMs how long the store may send or take nothing in the middle of a file */
  constructor({ bucket, prefix, endpoint, region }: S3Place, silenceMs = SILENCE_MS) {
    this.#silenceMs = silenceMs;
    this.#bucket = bucket;
    this.#prefix = prefix;
    const common: S3ClientConfig = {
      region,
      // Other stores seldom have a host name for each bucket.
      ...(endpoint && { endpoint, forcePathStyle: true }),
      followRegionRedirects: true,
      // What goes wrong is thrown, and told by this server's own log.
      logger: SILENT,
      // Many of them do not know Amazon's newer checksums.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
    };
    const sockets = {
      connectionTimeout: CONNECT_MS,
      httpAgent: { keepAlive: true, maxSockets: SOCKETS },
      httpsAgent: { keepAlive: true, maxSockets: SOCKETS },
    };
    const answered = { requestTimeout: ANSWER_MS, throwOnRequestTimeout: true, socketTimeout: 0 };
    this.#client = new S3Client({ ...common, requestHandler: { ...sockets, ...answered } });
    this.#uploads = new S3Client({ ...common, requestHandler: { ...sockets, socketTimeout: silenceMs } });
  }

  async publish(jobId: string, files: readonly ArtifactFile[], abortSignal?: AbortSignal): Promise<Artifact[]> {
    const artifacts: Artifact[] = [];
    for (const { name, file, type } of files) {
      const { size } = await stat(file);
      const body = createReadStream(file);
      try {
        const object = { ...this.#object(jobId, name), Body: body, ContentLength: size, ContentType: type };
        await this.#uploads.send(new PutObjectCommand(object), abortSignal && { abortSignal });
      } catch (error) {
        throw S3Fault.from(error, this.#bucket);
      } finally {
        body.destroy();
      }
      artifacts.push({ name, path: artifactPath(jobId, name), type, sizeBytes: size });
    }
    return artifacts;
  }

  async send(jobId: string, name: string, response: Response): Promise<boolean> {
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const place = this.#object(jobId, name);
    const { req: request } = response;
    if (request.get('if-none-match') || request.get('if-modified-since')) {
      // Asked before any range (RFC 9110, 13.2.2), and not of the store: they differ in what they make of weak tags, of several and of `*`.
      const known = await this.#found(this.#client.send(new HeadObjectCommand(place), { abortSignal: gone.signal }));
      if (known === 'missing') return false;
      setValidators(known, response);
      if (request.fresh) {
        response.status(304).end();
        return true;
      }
    }
    const object = await this.#found(this.#ask(place, response, gone.signal));
    if (object === 'missing') return false;
    const { ContentLength, ContentRange } = object;
    setValidators(object, response);
    response.status(ContentRange === undefined ? 200 : 206).set({
      'Accept-Ranges': 'bytes',
      'Content-Length': String(ContentLength),
      ...(ContentRange !== undefined && { 'Content-Range': ContentRange }),
    });
    if (!('Body' in object)) response.end();
    // A reader that goes away is no fault, and one whose store goes away comes back for the rest.
    else {
      const body = object.Body as Readable;
      giveUpOnSilence(body, response, this.#silenceMs);
      await pipeline(body, response).catch(() => response.destroy());
    }
    return true;
  }

  async remove(jobId: string, abortSignal?: AbortSignal): Promise<void> {
    const Bucket = this.#bucket;
    const Prefix = `${this.#prefix}${jobId}/`;
    const options = abortSignal && { abortSignal };
    try {
      for (let ContinuationToken: string | undefined; ;) {
        const page = await this.#client.send(new ListObjectsV2Command({ Bucket, Prefix, ContinuationToken }), options);
        for (const { Key } of page.Contents ?? [])
          await this.#client.send(new DeleteObjectCommand({ Bucket, Key }), options);
        ContinuationToken = page.NextContinuationToken;
        if (ContinuationToken === undefined) return;
      }
    } catch (error) {
      throw S3Fault.from(error, Bucket);
    }
  }

  async check(): Promise<void> {
    try {
      const abortSignal = AbortSignal.timeout(ANSWER_MS);
      await this.#client.send(new HeadBucketCommand({ Bucket: this.#bucket }), { abortSignal });
    } catch (error) {
      throw S3Fault.from(error, this.#bucket);
    }
  }

  #object(jobId: string, name: string): Place {
    return { Bucket: this.#bucket, Key: `${this.#prefix}${jobId}/${name}` };
  }

  /** Ranges are the store's to judge. */
  async #ask(object: Place, response: Response, abortSignal: AbortSignal): Promise<Answer> {
    const { req: request } = response;
    const get = (conditions: Conditions): Promise<Answer> => {
      const input = { ...object, ...conditions };
      if (request.method === 'HEAD') return this.#client.send(new HeadObjectCommand(input), { abortSignal });
      return this.#client.send(new GetObjectCommand(input), { abortSignal });
    };
    const range = request.get('range');
    const sameAs = request.get('if-range');
    const sameSince = dateOf(sameAs);
    try {
      return await get({
        Range: range !== undefined && ONE_RANGE.test(range) ? range : undefined,
        ...(sameSince ? { IfUnmodifiedSince: sameSince } : sameAs && { IfMatch: sameAs }),
      });
    } catch (error) {
      // S3 has no If-Range: who has a part of another file gets the whole of this one.
      if (statusOf(error) === 412) return get({});
      if (statusOf(error) !== 416) throw error;
      const { ContentLength } = await this.#client.send(new HeadObjectCommand(object), { abortSignal });
      response.set('Content-Range', `bytes */${ContentLength}`);
      throw new ServiceError('RangeNotSatisfiable', 'The file ends before the range begins.');
    }
  }

  async #found(answer: Promise<Answer>): Promise<Answer | 'missing'> {
    try {
      return await answer;
    } catch (error) {
      if (error instanceof ServiceError) throw error;
      if (statusOf(error) === 404 && (error as Error).name !== 'NoSuchBucket') return 'missing';
      throw S3Fault.from(error, this.#bucket);
    }
  }
}

function setValidators({ ETag, LastModified }: Answer, response: Response): void {
  if (ETag !== undefined) response.set('ETag', ETag);
  if (LastModified) response.set('Last-Modified', LastModified.toUTCString());
}

/** Ends a download that the store no longer sends. That a reader rests is no silence of the store. */
function giveUpOnSilence(body: Readable, response: Response, silenceMs: number): void {
  const timer = setTimeout(() => {
    if (response.writableNeedDrain) timer.refresh();
    else body.destroy(new Error('The store has fallen silent.'));
  }, silenceMs);
  body.on('data', () => timer.refresh());
  body.once('close', () => clearTimeout(timer));
}

function dateOf(header: string | undefined): Date | undefined {
  const time = Date.parse(header ?? '');
  return Number.isNaN(time) ? undefined : new Date(time);
}
