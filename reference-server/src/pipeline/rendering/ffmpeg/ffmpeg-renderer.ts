/** The default renderer: one FFmpeg process for the whole video. */
import { rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { outOfDiskSpace } from '../../file-system-fault.ts';
import { endOrphan } from '../../orphan.ts';
import { StageError } from '../../stage-error.ts';
import type { Renderer, RenderRequest } from '../renderer.ts';
import { codecFor, encoderOptions } from './encoder-options.ts';
import { filterGraph } from './filter-graph.ts';
import { locateFfmpeg } from './locate-ffmpeg.ts';
import { runProgram, type ProgramResult } from './run-program.ts';
import { sceneFrames } from './scene-frames.ts';

/** @param ffmpegPath program to use; by default the one on the PATH, else the one from npm. */
export function createFfmpegRenderer(ffmpegPath?: string): Renderer {
  return {
    name: 'FFmpeg',
    async render(request) {
      const { spec, signal, warn, onProgress } = request;
      const codec = codecFor(spec.render);
      if (codec !== spec.render.codec) {
        warn(`A ${spec.render.container} file cannot hold ${spec.render.codec}, so the video is encoded as ${codec}.`);
      }
      const { file, encoders } = await locateFfmpeg(ffmpegPath, signal);
      if (codec === 'AV1' && !encoders.has('libsvtav1')) {
        warn('The installed FFmpeg encodes AV1 very slowly. Codec H264 or VP9 would be much faster.');
      }
      const pictures = `${request.output}.ffconcat`;
      await writeFile(pictures, pictureList(request.images));
      // Beside the stage's folder, which is emptied before each run.
      const pidFile = `${dirname(request.output)}.pid`;
      await endOrphan(pidFile, request.output);
      const onLine = (line: string): void => {
        const [, microseconds] = /^out_time_us=(\d+)$/.exec(line) ?? [];
        if (microseconds !== undefined) onProgress(Number(microseconds) / 1e6);
      };
      const result = await runProgram(file, ffmpegArguments(request, pictures, encoders), { signal, onLine, pidFile });
      if (result.exitCode !== 0) throw encodingFailed(result);
      await rm(pictures);
    },
  };
}

/** A playlist for FFmpeg. The last picture comes twice: the second one marks where the video ends. */
function pictureList(images: readonly string[]): string {
  const files = [...images, ...images.slice(-1)].map((image) => `file '${image.replaceAll("'", String.raw`'\''`)}'\n`);
  return `ffconcat version 1.0\n${files.join('')}`;
}

function ffmpegArguments(request: RenderRequest, pictures: string, encoders: ReadonlySet<string>): string[] {
  const { spec, timeline, narration, output } = request;
  return [
    ...['-nostdin', '-y', '-loglevel', 'error', '-nostats', '-progress', 'pipe:1'],
    ...['-f', 'concat', '-safe', '0', '-i', pictures],
    ...['-i', narration],
    ...['-filter_complex', filterGraph(sceneFrames(timeline, spec.render.fps), spec.render)],
    ...['-map', '[video]', '-map', '1:a'],
    ...encoderOptions(spec.render, encoders),
    ...['-metadata', `title=${timeline.title}`],
    output,
  ];
}

function encodingFailed({ exitCode, stderr }: ProgramResult): StageError {
  if (/No space left on device|Disk quota exceeded/i.test(stderr)) return outOfDiskSpace(undefined, stderr);
  return new StageError({
    // The shell's convention for a process that was killed.
    code: `FFmpegFailedExitCode:${exitCode ?? 137}`,
    message: exitCode === null ? 'FFmpeg was killed.' : `FFmpeg ended with exit code ${exitCode}.`,
    remediation: 'Read the technical details, check memory and disk space, or try a lower resolution or codec H264.',
    details: stderr,
  });
}
