/** Last stage: encodes the video and makes sure that it is one. */
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { CompositionOutput } from '../composition/composition-stage.ts';
import type { JobSpec } from '../job-spec.ts';
import type { PipelineStage } from '../stage.ts';
import type { StageOutput } from '../stage-output.ts';
import type { Renderer } from './renderer.ts';
import { verifyVideo } from './verify-video.ts';

export interface RenderingInput {
  readonly spec: JobSpec;
  readonly Composition: CompositionOutput;
}

const MEDIA_TYPES: Readonly<Record<JobSpec['render']['container'], string>> = {
  mp4: 'video/mp4',
  webm: 'video/webm',
  mov: 'video/quicktime',
  mkv: 'video/x-matroska',
};

export function createRenderingStage(renderer: Renderer): PipelineStage<RenderingInput, StageOutput> {
  return {
    name: 'Rendering',
    async run({ spec, Composition: { timeline, narration } }, { signal, workspace, folder, report, warn }) {
      const { container } = spec.render;
      const of = Math.max(1, Math.round(timeline.durationSeconds));
      await report({ item: 1, of, message: 'Starting the encoder', done: 0 });
      // Under another name until it is whole, so that a half video is never taken for one.
      const partial = join(folder, `partial.${container}`);
      await renderer.render({
        spec,
        timeline,
        images: timeline.scenes.map((scene) => join(workspace, scene.image)),
        narration: join(workspace, narration),
        output: partial,
        signal,
        warn,
        onProgress: (seconds) => {
          const encoded = Math.min(of, Math.floor(seconds));
          const done = Math.min(1, seconds / timeline.durationSeconds);
          const message = `Encoding ${encoded} s of ${of} s`;
          void report({ item: Math.min(of, encoded + 1), of, message, done });
        },
      });
      await report({ item: of, of, message: 'Checking the video', done: 0.99 });
      await verifyVideo(partial, timeline.durationSeconds);
      signal.throwIfAborted();
      const name = `output.${container}`;
      await rename(partial, join(folder, name));
      return {
        durationSeconds: timeline.durationSeconds,
        artifacts: [{ name, file: `Rendering/${name}`, type: MEDIA_TYPES[container] }],
      };
    },
  };
}
