/** The five real stages with the providers that do their work. */
import { createCompositionStage } from './composition/composition-stage.ts';
import type { JobSpec } from './job-spec.ts';
import { createFfmpegRenderer } from './rendering/ffmpeg/ffmpeg-renderer.ts';
import type { Renderer } from './rendering/renderer.ts';
import { createRenderingStage } from './rendering/rendering-stage.ts';
import { createOfflineWriter } from './script/offline/offline-writer.ts';
import type { ScriptProvider } from './script/script-provider.ts';
import { createScriptStage } from './script/script-stage.ts';
import { createFliteProvider } from './speech/flite/flite-provider.ts';
import type { SpeechProvider } from './speech/speech-provider.ts';
import { createSpeechStage } from './speech/speech-stage.ts';
import { createCardDesigner } from './visuals/card/card-designer.ts';
import type { AnyStage } from './stage-output.ts';
import type { VisualsProvider } from './visuals/visuals-provider.ts';
import { createVisualsStage } from './visuals/visuals-stage.ts';
import { withProviders, type Providers, type Retry } from './with-providers.ts';

/** Who does the work of each stage, best first. Every default works offline and without a key. */
export interface VideoStageOptions {
  readonly script?: Providers<ScriptProvider>;
  readonly speech?: Providers<SpeechProvider>;
  readonly visuals?: Providers<VisualsProvider>;
  readonly renderer?: Providers<Renderer>;
  /** FFmpeg for the default renderer; by default the one on the PATH, else the one from npm. */
  readonly ffmpegPath?: string | undefined;
  /** How each of them is asked again. */
  readonly retry?: Retry;
}

/** Script, TTS, Visuals, Composition and Rendering, in this order. */
export function createVideoStages({
  script = [createOfflineWriter()],
  speech = [createFliteProvider()],
  visuals = [createCardDesigner()],
  ffmpegPath,
  renderer = [createFfmpegRenderer(ffmpegPath)],
  retry,
}: VideoStageOptions = {}): readonly AnyStage[] {
  const secondsOf = (sentence: string, spec: JobSpec): number => speech[0].estimateSeconds(sentence, spec);
  return [
    withProviders(script, (provider) => createScriptStage(provider, secondsOf), retry),
    withProviders(speech, createSpeechStage, retry),
    withProviders(visuals, createVisualsStage, retry),
    createCompositionStage(),
    withProviders(renderer, createRenderingStage, retry),
  ];
}
