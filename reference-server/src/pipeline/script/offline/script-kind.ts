/** Chooses the kind of video from the words of the brief. */
import type { JobSpec } from '../../job-spec.ts';
import { topicPhrase } from './topic-phrase.ts';

/** Each kind has its own opening, closing and angles. */
export type ScriptKind = 'general' | 'educational' | 'tutorial' | 'demo' | 'marketing' | 'welcome';

// In order: the first match wins. The more a word says about the form of the video, the earlier it stands.
const KEYWORDS: readonly (readonly [ScriptKind, RegExp])[] = [
  ['welcome', /^\W*welcome to\b|\bonboarding\b/i],
  ['tutorial', /\b(tutorial|how to|step by step|walkthrough|guide|diy|recipe|lesson in)\b/i],
  ['demo', /\b(demo|demonstration|showcase|preview|test video)\b/i],
  ['marketing', /\b(marketing|promo|promotion|advert\w*|campaign|sales?|product launch|launch of|brand)\b/i],
  [
    'educational',
    /^\W*(how|why|what|when|where|who)\b|\b(explain\w*|learn\w*|lesson|science|history|theory|education\w*)\b|\?\W*$/i,
  ],
];

/** The kind that the topic asks for; goal and style decide where the topic says nothing. */
export function scriptKind({ brief, plan }: JobSpec): ScriptKind {
  // "Tell me why …" asks for the same kind as "Why …".
  for (const text of [brief.topic, topicPhrase(brief.topic).title, brief.goal ?? '', plan.style]) {
    const match = KEYWORDS.find(([, words]) => words.test(text));
    if (match) return match[0];
  }
  return 'general';
}
