/** Refuses a script that would make a bad video, whoever wrote it (protocol sheet, section 6). */
import type { JobSpec } from '../job-spec.ts';
import { StageError } from '../stage-error.ts';
import type { Script } from './script.ts';
import { scriptMarkdown } from './script-markdown.ts';

const MIN_CHARACTERS = 100;
const MIN_SCENES = 2;
const MAX_REPEATED_SHARE = 0.3;
/** How far the spoken length may be from the wanted one, as a share of it. */
const LENGTH_TOLERANCE = 0.5;

const PLACEHOLDER = /\b(todo|tbd|fixme|lorem ipsum|placeholder)\b|\[(insert|your|add)\b[^\]]*\]|\{\w+\}/i;
const REFUSAL = /\b(as an ai|i (cannot|can['’]t|am unable to|won['’]t) (help|assist|create|write)|language model)\b/i;

/** @throws {StageError} `InvalidScript`, saying what is wrong. @param spokenSeconds length of the whole narration. */
export function checkScript(script: Script, spokenSeconds: number, { brief, plan }: JobSpec): void {
  const sentences = script.scenes.flatMap((scene) => scene.sentences);
  const own = withoutGivenWords(scriptMarkdown(script), [brief.topic, brief.audience, brief.goal]);
  const deviation = Math.abs(spokenSeconds - plan.targetSeconds) / plan.targetSeconds;
  const repeated = repeatedShare(sentences);
  if (script.title.trim() === '') throw invalid('it has no title');
  if (script.scenes.length < MIN_SCENES) throw invalid('it has fewer than two scenes');
  if (script.scenes.some((scene) => scene.sentences.length === 0)) throw invalid('a scene has no text');
  if (scriptMarkdown(script).length < MIN_CHARACTERS) throw invalid(`it has fewer than ${MIN_CHARACTERS} characters`);
  if (PLACEHOLDER.test(own)) throw invalid('it contains placeholder text');
  if (refuses(own)) throw invalid('the writer refused the topic');
  if (repeated > MAX_REPEATED_SHARE) throw invalid(`${Math.round(repeated * 100)} % of its sentences are repeated`);
  if (deviation > LENGTH_TOLERANCE) {
    throw invalid(`it would take ${Math.round(spokenSeconds)} s instead of ${plan.targetSeconds} s to speak`);
  }
}

/** Whether a writer speaks of what it is or will not do, instead of the topic. */
export function refuses(text: string): boolean {
  return REFUSAL.test(text);
}

/** Share of sentences that were said before, 0–1. */
export function repeatedShare(sentences: readonly string[]): number {
  const different = new Set(sentences.map((sentence) => sentence.toLowerCase())).size;
  return sentences.length === 0 ? 0 : 1 - different / sentences.length;
}

/** The text without the words of the brief: a video about placeholders says their words and is no draft for that. */
function withoutGivenWords(text: string, given: readonly (string | null)[]): string {
  const words = new Set(given.flatMap((part) => part?.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []));
  return text.replace(/[\p{L}\p{N}]+/gu, (word) => (words.has(word.toLowerCase()) ? '' : word));
}

function invalid(reason: string): StageError {
  return new StageError({
    code: 'InvalidScript',
    message: `The script cannot be used: ${reason}.`,
    remediation: 'Retry the job, word the topic differently, or choose another length.',
    transient: true,
  });
}
