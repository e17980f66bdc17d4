/** Has scripts written by a language model behind an OpenAI-compatible API. */
import type { ScriptProvider } from '../script-provider.ts';
import { streamChat, type ChatServer } from './chat-stream.ts';
import { createSceneCounter, readScript } from './read-script.ts';
import { scriptPrompt, type AnswerFormat } from './script-prompt.ts';

export interface LlmOptions extends ChatServer {
  /** As the server calls it, for example `gpt-4o-mini`. */
  readonly model: string;
  readonly format: AnswerFormat;
}

/** @example createLlmWriter({ baseUrl: 'http://127.0.0.1:11434/v1', apiKey: undefined, model: 'llama3.2', format: 'json_schema', silenceMs: 30_000 }) */
export function createLlmWriter({ model, format, ...server }: LlmOptions): ScriptProvider {
  return {
    name: `Language model ${model}`,
    async write(request) {
      const { sceneCount, signal, warn, onScene } = request;
      await onScene(1);
      const countScenes = createSceneCounter();
      let begun = 1;
      const answer = await streamChat(server, {
        body: { model, ...scriptPrompt(request, format) },
        signal,
        onText(piece) {
          const scene = Math.min(sceneCount, countScenes(piece));
          if (scene > begun) void onScene((begun = scene));
        },
      });
      const script = readScript(answer);
      const { length } = script.scenes;
      if (length !== sceneCount) warn(`The model wrote ${length} scenes instead of ${sceneCount}.`);
      return script;
    },
  };
}
