/** Third stage: one picture for each scene of the script. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JobSpec } from '../job-spec.ts';
import type { ScriptOutput } from '../script/script.ts';
import type { PipelineStage } from '../stage.ts';
import type { Artifact } from '../stage-output.ts';
import type { VisualsOutput } from './visuals.ts';
import type { VisualsProvider } from './visuals-provider.ts';

export interface VisualsInput {
  readonly spec: JobSpec;
  readonly Script: ScriptOutput;
}

export function createVisualsStage(provider: VisualsProvider): PipelineStage<VisualsInput, VisualsOutput> {
  return {
    name: 'Visuals',
    async run({ spec, Script: { script } }, { signal, folder, report, warn }) {
      const sceneCount = script.scenes.length;
      const artifacts: Artifact[] = [];
      const announce = (item: number): Promise<void> =>
        report({ item, of: sceneCount, message: `Drawing card ${item}`, detail: script.scenes[item - 1]!.heading });
      await announce(1);
      for await (const image of provider.draw({ spec, script, signal, warn })) {
        const name = `scene-${String(artifacts.length + 1).padStart(2, '0')}.png`;
        await writeFile(join(folder, name), image, { signal });
        artifacts.push({ name, file: `Visuals/${name}`, type: 'image/png' });
        if (artifacts.length < sceneCount) await announce(artifacts.length + 1);
      }
      return { images: artifacts.map((artifact) => artifact.file), artifacts };
    },
  };
}
