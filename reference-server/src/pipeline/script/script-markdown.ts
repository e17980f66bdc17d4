/** Writes a script as the Markdown file that people download. */
import type { Script } from './script.ts';

/** One `# title`, then a `## heading` and a paragraph per scene. */
export function scriptMarkdown({ title, scenes }: Script): string {
  const parts = scenes.map(({ heading, sentences }) => `## ${heading}\n\n${sentences.join(' ')}\n`);
  return [`# ${title}\n`, ...parts].join('\n');
}
