/** Makes a script of what a language model has answered. */
import { z } from 'zod';
import { StageError } from '../../stage-error.ts';
import { oneLine } from '../offline/topic-phrase.ts';
import { refuses } from '../script-check.ts';
import type { Script } from '../script.ts';
import { refusedTopic } from './chat-fault.ts';

const MOST_SCENES = 60;

const line = (max: number) =>
  z
    .string()
    .transform(oneLine)
    .pipe(z.string().min(1, 'is empty').max(max, `has more than ${max} characters`));
const sentences = z.array(z.string().transform(oneLine)).transform((all) => all.filter((sentence) => sentence !== ''));
const schema = z.object({
  title: line(200),
  scenes: z.array(z.object({ heading: line(200), sentences })).max(MOST_SCENES, `are more than ${MOST_SCENES}`),
});

/**
 * The script in an answer, also where it stands in a block of Markdown. Whether it is a good one, the script's check says.
 *
 * @throws {StageError} `InvalidScript` that may go better another time, or `ContentPolicy` for a refusal in plain words
 */
export function readScript(answer: string): Script {
  const bare = /^\s*```(?:json)?\s*\n([\s\S]*?)\n?\s*```\s*$/.exec(answer)?.[1] ?? answer;
  let parsed: unknown;
  try {
    parsed = JSON.parse(bare);
  } catch {
    if (refuses(answer)) throw refusedTopic(beginning(answer));
    throw unreadable('it is no JSON, or only the beginning of it', answer);
  }
  const { data, error } = schema.safeParse(parsed);
  if (data) return data;
  const { path, message } = error.issues[0]!;
  throw unreadable(`${path.join('.') || 'the answer'}: ${message}`, answer);
}

const FIELD = '"heading"';

/** Counts the scenes that have begun, piece by piece. A quotation mark inside a text is escaped, so it makes no field. */
export function createSceneCounter(): (piece: string) => number {
  let scenes = 0;
  let rest = '';
  return (piece) => {
    const parts = (rest + piece).split(FIELD);
    scenes += parts.length - 1;
    // The field may come in two pieces.
    rest = parts.at(-1)!.slice(1 - FIELD.length);
    return scenes;
  };
}

function beginning(answer: string): string {
  return answer.slice(0, 1000);
}

function unreadable(reason: string, answer: string): StageError {
  return new StageError({
    code: 'InvalidScript',
    message: `The answer is no script: ${reason}.`,
    remediation: 'Try again, ask for a shorter video or choose another provider.',
    details: beginning(answer),
    transient: true,
  });
}
