/** Turns whatever was typed as a topic into a title and into words that can stand inside a sentence. */

export interface TopicPhrase {
  /** For the first card and the file's title. */
  readonly title: string;
  /** For the place of an object in a sentence, as in "Let's talk about …". */
  readonly subject: string;
  /** True if the topic can neither be drawn nor spoken, so that neutral words stand for it. */
  readonly isNeutral: boolean;
}

const MAX_TITLE = 80;
const MAX_SUBJECT = 60;
/** The beginning of a topic that is said instead of all of it has at least so many words. */
const MIN_WORDS = 3;

const NEUTRAL = { title: 'Your video', subject: 'the subject at hand' };

/** What the cards' font has and a reader of English can say. */
const READABLE = /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}0-9]/u;

/** Pictures and bullets around the words. */
const ORNAMENT = String.raw`(?:[\p{Extended_Pictographic}\p{Regional_Indicator}\u{1F3FB}-\u{1F3FF}\uFE0F\p{So}\p{Sk}\s•·*~=|>–—]|-(?!\d))`;
const LEADING_ORNAMENT = new RegExp(`^(?:${ORNAMENT}+|#+ )+`, 'u');
const TRAILING_ORNAMENT = new RegExp(`\\s*(?![*+>=~|-])${ORNAMENT}+$`, 'u');

const QUOTED = /^(?:"([^"]+)"|“([^“”]+)”|'([^']+)'|‘([^‘’]+)’|«([^«»]+)»)$/;

/** Orders in front of a topic, and what is left of each. */
const REQUESTS: readonly (readonly [RegExp, string])[] = [
  [/^(?:can|could|would|will) you (?:please )?((?:tell|show|teach|explain|make|create|give)\b.*?)\?*$/i, '$1'],
  [/^please /i, ''],
  [
    /^(create|make|generate|produce|record|show|give)( me| us)? (an? |the )?(\w+ )?(video|clip|film|explainer)( about| on| explaining| showing| of| for)? /i,
    '',
  ],
  [/^i(?: would|['’]d)? (want|like|wish|need|love) to (know|learn|understand|see|hear)( more)?( all)?( about)? /i, ''],
  [/^teach (me|us) to /i, 'how to '],
  [/^(tell|show|teach|explain to) (me|us)( more)?( all)?( about)? /i, ''],
  [/^if /i, 'whether '],
];

/** Words around the topic that speak of the video and not of its content. */
const WRAPPING = [
  /^(an? |the )?(\w+ )?(introduction|intro|guide|tutorial|lesson|video|demo|demonstration|overview)( video)? (to|about|on|of|for) /i,
  /^(explain(ing)?|welcome to|all about|about|learn(ing)? about|the basics of) /i,
  / (demo|tutorial|explained|explainer|overview|video)$/i,
];

/** Topics that name only the form of the video. */
const FORM_ONLY =
  /^(an? |the |my )?(quick |short |test )?(demo|tutorial|video|lesson|guide|test|welcome|introduction|marketing)$/i;

const STOP_WORDS = /\s+(a|an|the|of|in|on|at|to|for|with|and|or|by|from|as|is|are|that|which|your|our|their|its|my)$/i;

/** First words that are no names, so that they lose their capital inside a sentence. */
const LOWERED =
  /^(How|Why|What|When|Where|Who|Whether|The|A|An|My|Your|Our|Their|Its|Some|All|This|These|Those|From|For|Ways|Tips|Best|Top|Introduction|History)\b/;

const GERUNDS: Readonly<Record<string, string>> = Object.fromEntries(
  (
    'add bake brew build change choose clean cook create cut design develop draw explore find fix fold get give go grow help improve install ' +
    'keep knit learn make manage master organize paint pickle plan play prepare protect reduce repair replace run save sell set sew speak ' +
    'start stop teach test tie train understand use visit win work write'
  )
    .split(' ')
    .map((verb) => [verb, gerund(verb)]),
);

/** @example topicPhrase('How do tides work?') // { title: 'How do tides work?', subject: 'how tides work' } */
export function topicPhrase(topic: string): TopicPhrase {
  if (!READABLE.test(topic)) return { ...NEUTRAL, isNeutral: true };
  const clean = withoutFrame(oneLine(topic));
  const bare = REQUESTS.reduce((text, [request, rest]) => replaceUnlessAll(text, request, rest), clean);
  return { title: capitalize(shorten(bare, MAX_TITLE)), subject: subjectOf(bare), isNeutral: false };
}

/** The words without ornaments, closing punctuation and quotation marks that enclose all of them. */
function withoutFrame(text: string): string {
  const words = replaceUnlessAll(replaceUnlessAll(text, LEADING_ORNAMENT, ''), TRAILING_ORNAMENT, '');
  const ended = words.replace(/[\s.!,;:]+$/, '') || words;
  const inside = QUOTED.exec(ended)
    ?.slice(1)
    .find((part) => part !== undefined);
  return inside === undefined ? ended : withoutFrame(inside.trim() || ended);
}

function replaceUnlessAll(text: string, pattern: RegExp, replacement: string): string {
  const replaced = text.replace(pattern, replacement);
  return READABLE.test(replaced) ? replaced : text;
}

/** Control characters, line breaks and runs of spaces become one space: a topic is one line. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
}

function subjectOf(topic: string): string {
  if (FORM_ONLY.test(topic)) return NEUTRAL.subject;
  const core = WRAPPING.reduce((text, wrapping) => text.replace(wrapping, ''), topic);
  const phrase = asQuestion(core) ?? asActivity(core) ?? core;
  const lowered = LOWERED.test(phrase) ? phrase[0]!.toLowerCase() + phrase.slice(1) : phrase;
  return lowered.length <= MAX_SUBJECT || lowered.startsWith('the question “') ? lowered : beginning(lowered);
}

/** Questions that cannot be taken for anything else, typed with or without a question mark. */
const DIRECT_QUESTION =
  /^((why|when|where|who|whom)|(how|what|which)( (much|many|long|old|far|often|big|fast|deep|high|tall|time|kind of \w+))?) (is|are|do|does|did|can|could|should|will|was|were) |^(is|are|does|did|should|would|could|was|were|can (i|you|we|they|he|she|it|an?|the|my|your|people)) \S+ \S/i;

/** A direct question cannot be the object of a sentence; the common forms can be turned, the rest is quoted. */
function asQuestion(text: string): string | undefined {
  const question = text.replace(/\s*\?+$/, '');
  const what = /^what(?:'s|’s| is| are) (?:an? )?(.+)$/i.exec(question);
  if (what) return what[1];
  const work = /^how (do|does) (?!i |you |we )(.+) work$/i.exec(question);
  if (work) return `how ${work[2]} work${work[1]!.toLowerCase() === 'does' ? 's' : ''}`;
  const how = /^how (?:do|can|should) (?:i|you|we) (.+)$/i.exec(question);
  if (how) return `how to ${how[1]}`;
  if (question === text && !DIRECT_QUESTION.test(text)) return undefined;
  const short = shorten(capitalize(question), MAX_SUBJECT - 15);
  return `the question “${short.endsWith('…') ? short : `${short}?`}”`;
}

/** "Bake bread" → "baking bread": an order cannot be an object either. */
function asActivity(text: string): string | undefined {
  const [, verb = '', rest = ''] = /^(?:to )?(\w+)( .+)$/i.exec(text) ?? [];
  const activity = Object.hasOwn(GERUNDS, verb.toLowerCase()) ? GERUNDS[verb.toLowerCase()] : undefined;
  return activity === undefined ? undefined : activity + rest;
}

function gerund(verb: string): string {
  if (/^(cut|get|plan|run|set|stop|win)$/.test(verb)) return `${verb}${verb.at(-1)}ing`;
  return `${verb.replace(/e$/, '')}ing`;
}

/** The beginning of a long phrase that sounds complete; if there is none, as much of it as fits. */
function beginning(text: string): string {
  const fitting = text.slice(0, MAX_SUBJECT + 1);
  const clause = /^.*?(?=[;:.!?](?:\s|$)| [(–—-]| (?:because|which|so that|in order to|including|while) )/.exec(
    fitting,
  );
  // A phrase is complete before a preposition, but may break off anywhere else, as between "old and" and "new".
  const phrase = /^.*(?= (?:of|in|on|at|for|with|by|from|about|between|through|during|since|until|into) )/.exec(
    fitting,
  );
  const complete = [clause?.[0], phrase?.[0]].find((part) => part !== undefined && part.split(' ').length >= MIN_WORDS);
  return complete === undefined ? shorten(text, MAX_SUBJECT) : withoutOpenEnd(complete);
}

/** Cut between words, or inside a giant one, with an ellipsis if something is missing. */
function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const cut = text.slice(0, limit - 1).replace(/[\uD800-\uDBFF]$/, '');
  return `${withoutOpenEnd(cut.includes(' ') ? cut.slice(0, cut.lastIndexOf(' ')) : cut)}…`;
}

/** Without last words that promise another one. */
function withoutOpenEnd(text: string): string {
  let end = text;
  while (STOP_WORDS.test(end)) end = end.replace(STOP_WORDS, '');
  return end.replace(/[\s,;:.–—-]+$/, '');
}

function capitalize(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
