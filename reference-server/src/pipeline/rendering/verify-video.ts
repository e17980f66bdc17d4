/** Looks into the finished file: an encoder that ends without an error may still have written a bad video. */
import { ALL_FORMATS, FilePathSource, Input } from 'mediabunny';
import { StageError } from '../stage-error.ts';

/** How far the length may be off, as a share of the wanted one. */
const LENGTH_TOLERANCE = 0.05;

/**
 * Reads the file's tracks and its length.
 *
 * @throws {StageError} `MediaInvalid` unless there is exactly one picture and one sound track of the wanted length.
 */
export async function verifyVideo(file: string, wantedSeconds: number): Promise<void> {
  using input = new Input({ source: new FilePathSource(file), formats: ALL_FORMATS });
  let tracks: string[];
  let seconds: number;
  try {
    tracks = (await input.getTracks()).map((track) => track.type);
    seconds = await input.computeDuration();
  } catch (error) {
    throw invalid('it cannot be read', error);
  }
  if (tracks.toSorted().join() !== 'audio,video') throw invalid(`it has the tracks: ${tracks.join(', ') || 'none'}`);
  if (Math.abs(seconds - wantedSeconds) > wantedSeconds * LENGTH_TOLERANCE) {
    throw invalid(`it is ${seconds.toFixed(1)} s long instead of ${wantedSeconds.toFixed(1)} s`);
  }
}

function invalid(reason: string, cause?: unknown): StageError {
  return new StageError({
    code: 'MediaInvalid',
    message: `The encoded video cannot be used: ${reason}.`,
    remediation: 'Retry the job; if it happens again, choose container mp4 and codec H264.',
    cause,
  });
}
