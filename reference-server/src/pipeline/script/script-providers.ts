/** Who writes scripts here, in the order in which they are asked. */
import type { Providers } from '../with-providers.ts';
import { createLlmWriter, type LlmOptions } from './llm/llm-writer.ts';
import { createOfflineWriter } from './offline/offline-writer.ts';
import type { ScriptProvider } from './script-provider.ts';

/** `llm`: a language model; `offline`: the writer that needs neither key nor network. */
export type ScriptProviderName = 'llm' | 'offline';

/** @param llm where a language model is among the names */
export function createScriptProviders(
  names: Providers<ScriptProviderName>,
  llm: LlmOptions | undefined,
): Providers<ScriptProvider> {
  const create = (name: ScriptProviderName): ScriptProvider =>
    name === 'llm' ? createLlmWriter(llm!) : createOfflineWriter();
  const [first, ...others] = names;
  return [create(first), ...others.map(create)];
}
