/** What an S3-compatible store fails with, in the few kinds that make a difference to whoever runs it. */

export type S3FaultCode = 'S3_SILENT' | 'S3_REFUSES' | 'S3_NO_BUCKET' | 'S3_FULL';

/** HTTP status of an error of the S3 client; `undefined` when there was no answer. */
export function statusOf(error: unknown): number | undefined {
  return (error as { $metadata?: { httpStatusCode?: number } } | undefined)?.$metadata?.httpStatusCode;
}

export class S3Fault extends Error {
  override readonly name = 'S3Fault';
  readonly code: S3FaultCode;

  private constructor(code: S3FaultCode, message: string, cause: unknown) {
    super(message, { cause });
    this.code = code;
  }

  /** @param error what the client threw */
  static from(error: unknown, bucket: string): S3Fault {
    const { name, message } = error as Error;
    const status = statusOf(error);
    // To a question without a body the answer has no words of its own.
    const words = !message || message === 'UnknownError' ? `${name}, status ${status}` : message;
    return new S3Fault(codeOf(error), `The bucket ${bucket}: ${words}`, error);
  }
}

function codeOf(error: unknown): S3FaultCode {
  const status = statusOf(error);
  const { name } = error as Error;
  if (name === 'NoSuchBucket' || name === 'NotFound') return 'S3_NO_BUCKET';
  if (status === 507 || /quota|storagefull|insufficientstorage/i.test(name)) return 'S3_FULL';
  // Without a status: no credentials were found.
  if (status === 401 || status === 403 || status === 301 || name === 'CredentialsProviderError') return 'S3_REFUSES';
  return 'S3_SILENT';
}
