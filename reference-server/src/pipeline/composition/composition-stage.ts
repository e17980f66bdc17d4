/** Fourth stage: puts speech and pictures on one timeline and writes everything that depends on it but the video. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JobSpec } from '../job-spec.ts';
import type { ScriptOutput } from '../script/script.ts';
import type { SpeechOutput } from '../speech/speech.ts';
import type { PipelineStage } from '../stage.ts';
import type { StageOutput } from '../stage-output.ts';
import type { VisualsOutput } from '../visuals/visuals.ts';
import { buildCues } from './cues.ts';
import { writeNarration } from './narration.ts';
import { toSrt, toVtt } from './subtitle-files.ts';
import { buildTimeline, type Timeline } from './timeline.ts';

export interface CompositionInput {
  readonly spec: JobSpec;
  readonly Script: ScriptOutput;
  readonly TTS: SpeechOutput;
  readonly Visuals: VisualsOutput;
}

export interface CompositionOutput extends StageOutput {
  readonly timeline: Timeline;
  /** WAV file relative to the workspace, exactly as long as the timeline. */
  readonly narration: string;
}

/** A video may miss the wanted length by this share of it before it is worth a word. */
const LENGTH_TOLERANCE = 0.05;

export function createCompositionStage(): PipelineStage<CompositionInput, CompositionOutput> {
  return {
    name: 'Composition',
    async run(
      { spec, Script: { script }, TTS: speech, Visuals: { images } },
      { signal, workspace, folder, report, warn },
    ) {
      const timeline = buildTimeline(spec, script, speech, images);
      warnOfLength(timeline.durationSeconds, spec.plan.targetSeconds, warn);
      // The scenes, then the captions.
      const of = timeline.scenes.length + 1;
      await writeNarration(join(folder, 'narration.wav'), timeline, speech.scenes, {
        workspace,
        sampleRate: speech.sampleRate,
        onScene: async (scene) => {
          signal.throwIfAborted();
          await report({ item: scene, of, message: `Placing scene ${scene} on the timeline` });
        },
      });
      await report({ item: of, of, message: 'Placing captions' });
      const cues = buildCues(timeline);
      const texts = [
        ['timeline.json', 'application/json', `${JSON.stringify(timeline, null, 2)}\n`],
        ['subtitles.srt', 'application/x-subrip', toSrt(cues)],
        ['subtitles.vtt', 'text/vtt', toVtt(cues, { isWide: spec.render.width / spec.render.height > 1.2 })],
      ] as const;
      for (const [name, , text] of texts) await writeFile(join(folder, name), text, { signal });
      const made = [['narration.wav', 'audio/wav'] as const, ...texts];
      return {
        timeline,
        narration: 'Composition/narration.wav',
        durationSeconds: timeline.durationSeconds,
        artifacts: made.map(([name, type]) => ({ name, file: `Composition/${name}`, type })),
      };
    },
  };
}

function warnOfLength(seconds: number, wanted: number, warn: (message: string) => void): void {
  if (Math.abs(seconds - wanted) <= wanted * LENGTH_TOLERANCE) return;
  const reason =
    seconds > wanted
      ? 'the words take longer to speak than expected'
      : 'the words take less time, and longer pauses would sound odd';
  warn(`The video is ${seconds.toFixed(1)} s long instead of ${wanted} s: ${reason}.`);
}
