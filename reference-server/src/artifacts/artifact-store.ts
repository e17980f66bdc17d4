/** Keeps the files that jobs made. */
import type { Artifact } from '@aura-jobs/sdk/protocol';
import type { Response } from 'express';

/** A file a pipeline left in its workspace. */
export interface ArtifactFile {
  readonly name: string;
  /** Absolute path. */
  readonly file: string;
  /** MIME type. */
  readonly type: string;
}

/** Names come from the pipeline; those asked for are known to the ledger. */
export interface ArtifactStore {
  /**
   * Takes the files over. Nobody asks for them before all are there.
   *
   * @param signal ends it in the middle; then it throws
   * @returns what the events say about them
   */
  publish(jobId: string, files: readonly ArtifactFile[], signal?: AbortSignal): Promise<Artifact[]>;
  /**
   * Answers a request for a file, ranges and conditions as well (RFC 9110, 13 and 14).
   *
   * @returns false when there is no such file: then nothing was answered
   */
  send(jobId: string, name: string, response: Response): Promise<boolean>;
  remove(jobId: string, signal?: AbortSignal): Promise<void>;
  /** @throws when nothing can be stored */
  check(): Promise<void>;
}

/** Where the API serves a file. */
export function artifactPath(jobId: string, name: string): string {
  return `/artifacts/${jobId}/${encodeURIComponent(name)}`;
}
