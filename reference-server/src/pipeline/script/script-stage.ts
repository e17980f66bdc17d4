/** First stage: from the brief to a checked script. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JobSpec } from '../job-spec.ts';
import { pauseSeconds, SCENE_LEAD_IN_SECONDS, SCENE_LEAD_OUT_SECONDS } from '../scene-timing.ts';
import type { PipelineStage } from '../stage.ts';
import { sceneCount } from './scene-count.ts';
import { checkScript } from './script-check.ts';
import { scriptMarkdown } from './script-markdown.ts';
import type { ScriptProvider } from './script-provider.ts';
import type { Script, ScriptOutput } from './script.ts';

export interface ScriptInput {
  readonly spec: JobSpec;
}

/** @param secondsOf the speech provider's estimate for a sentence: a script is only as long as it takes to speak. */
export function createScriptStage(
  provider: ScriptProvider,
  secondsOf: (sentence: string, spec: JobSpec) => number,
): PipelineStage<ScriptInput, ScriptOutput> {
  return {
    name: 'Script',
    async run({ spec }, { signal, folder, report, warn }) {
      const count = sceneCount(spec.plan);
      const { targetSceneCount } = spec.plan;
      if (targetSceneCount !== null && count !== targetSceneCount) {
        warn(`${targetSceneCount} scenes do not fit into ${spec.plan.targetSeconds} s, so the video has ${count}.`);
      }
      const secondsOfSentence = (sentence: string): number => secondsOf(sentence, spec);
      const onScene = (scene: number): Promise<void> =>
        report({ item: scene, of: count, message: `Writing scene ${scene}` });
      const script = await provider.write({
        spec,
        sceneCount: count,
        signal,
        secondsOf: secondsOfSentence,
        warn,
        onScene,
      });
      await report({ item: count, of: count, message: 'Checking the script', done: 0.95 });
      checkScript(script, narrationSeconds(script, spec, secondsOfSentence), spec);
      signal.throwIfAborted();
      await writeFile(join(folder, 'script.md'), scriptMarkdown(script));
      return { script, artifacts: [{ name: 'script.md', file: 'Script/script.md', type: 'text/markdown' }] };
    },
  };
}

/** Length of the whole narration with its silences. */
function narrationSeconds({ scenes }: Script, { voice }: JobSpec, secondsOf: (sentence: string) => number): number {
  return scenes.reduce((total, { sentences }) => {
    const speech = sentences.reduce((sum, sentence) => sum + secondsOf(sentence), 0);
    const pauses = (sentences.length - 1) * pauseSeconds(voice.pause);
    return total + SCENE_LEAD_IN_SECONDS + speech + pauses + SCENE_LEAD_OUT_SECONDS;
  }, 0);
}
