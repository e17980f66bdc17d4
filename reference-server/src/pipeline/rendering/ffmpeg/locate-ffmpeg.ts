/** Finds an FFmpeg that works: the one named by the operator, the one on the PATH, or the one from npm. */
import { StageError } from '../../stage-error.ts';
import { runProgram } from './run-program.ts';

export interface FfmpegProgram {
  readonly file: string;
  /** Names of the encoders it was built with, for example `libx264`. */
  readonly encoders: ReadonlySet<string>;
}

/**
 * @param ffmpegPath the only one to be tried, if given.
 * @throws {StageError} `FFmpegNotFound`, or `FFmpegCorrupted` if there is one that does not run.
 */
export async function locateFfmpeg(ffmpegPath: string | undefined, signal: AbortSignal): Promise<FfmpegProgram> {
  const candidates = ffmpegPath === undefined ? ['ffmpeg', await bundledFfmpeg()] : [ffmpegPath];
  for (const file of candidates) {
    const encoders = file === undefined ? undefined : await readEncoders(file, signal);
    if (encoders) return { file: file!, encoders };
  }
  throw new StageError({
    code: 'FFmpegNotFound',
    message: ffmpegPath === undefined ? 'FFmpeg is not installed.' : `There is no FFmpeg at ${ffmpegPath}.`,
    remediation: 'Install FFmpeg 4.0 or newer, or set AURA_FFMPEG_PATH to its program file.',
  });
}

/** The program of the optional npm package; it may be left out, and it does not exist for every platform. */
async function bundledFfmpeg(): Promise<string | undefined> {
  try {
    const { default: installer } = await import('@ffmpeg-installer/ffmpeg');
    return installer.path;
  } catch {
    return undefined;
  }
}

/** `undefined` if there is no such program. */
async function readEncoders(file: string, signal: AbortSignal): Promise<ReadonlySet<string> | undefined> {
  const encoders = new Set<string>();
  try {
    const onLine = (line: string): void => {
      // For example " V..... libx264   H.264 / AVC".
      const [, name] = /^ [VAS]\S{5} (\S+)/.exec(line) ?? [];
      if (name !== undefined) encoders.add(name);
    };
    const { exitCode, stderr } = await runProgram(file, ['-hide_banner', '-encoders'], { signal, onLine });
    if (exitCode !== 0 || encoders.size === 0) throw corrupted(file, stderr);
    return encoders;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw (error as NodeJS.ErrnoException).syscall === undefined ? error : corrupted(file, String(error), error);
  }
}

function corrupted(file: string, details: string, cause?: unknown): StageError {
  return new StageError({
    code: 'FFmpegCorrupted',
    message: `The FFmpeg at ${file} does not run.`,
    remediation: 'Reinstall FFmpeg, or set AURA_FFMPEG_PATH to one that works.',
    details,
    cause,
  });
}
