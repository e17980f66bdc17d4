/** Turns whatever was typed as a topic into a title and into words that can stand inside a sentence. */

export interface TopicPhrase {
  /** For the first card and the file's title. */
  readonly title: string;
  /** For the place of an object in a sentence, as in "Let's talk about …". */
  readonly subject: string;
}

const MAX_TITLE = 80;
const MAX_SUBJECT = 60;

/** An order for a video in front of its topic. */
const REQUEST =
  /^(please )?(create|make|generate|produce|record|show)( me| us)? (an? |the )?(\w+ )?(video|clip|film|explainer)( about| on| explaining| showing| of| for)? /i;

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
    'add build choose clean cook create cut design develop draw explore find fix get give go grow help improve install ' +
    'keep learn make manage master organize paint plan play prepare protect reduce repair run save sell set speak ' +
    'start stop teach test train understand use visit win work write'
  )
    .split(' ')
    .map((verb) => [verb, gerund(verb)]),
);

/** @example topicPhrase('How do tides work?') // { title: 'How do tides work?', subject: 'how tides work' } */
export function topicPhrase(topic: string): TopicPhrase {
  const clean = oneLine(topic);
  const bare =
    clean
      .replace(/^["“'‘]+|["”'’]+$/g, '')
      .replace(REQUEST, '')
      .replace(/[\s.!,;:]+$/, '') || clean;
  return { title: capitalize(shorten(bare, MAX_TITLE, '…')), subject: subjectOf(bare) };
}

/** Control characters, line breaks and runs of spaces become one space: a topic is one line. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
}

function subjectOf(topic: string): string {
  if (FORM_ONLY.test(topic)) return 'the subject at hand';
  const core = WRAPPING.reduce((text, wrapping) => text.replace(wrapping, ''), topic);
  const phrase = asQuestion(core) ?? asActivity(core) ?? core;
  const lowered = LOWERED.test(phrase) ? phrase[0]!.toLowerCase() + phrase.slice(1) : phrase;
  return lowered.length <= MAX_SUBJECT ? lowered : shorten(firstClause(lowered), MAX_SUBJECT, '');
}

/** A direct question cannot be the object of a sentence; the common forms can be turned, the rest is quoted. */
function asQuestion(text: string): string | undefined {
  const question = text.replace(/\s*\?+$/, '');
  const what = /^what(?:'s|’s| is| are) (?:an? )?(.+)$/i.exec(question);
  if (what) return what[1];
  const work = /^how (do|does) (?!i |you |we )(.+) work$/i.exec(question);
  if (work) return `how ${work[2]} work${work[1]!.toLowerCase() === 'does' ? 's' : ''}`;
  const how = /^how (?:do|can|should) (?:i|you|we) (.+)$/i.exec(question);
  if (how) return `how to ${how[1]}`;
  const direct = /^(how|why|what|when|where|who|which)( \w+)? (is|are|do|does|did|can|could|should|will|was|were)\b/i;
  if (question === text && !direct.test(text)) return undefined;
  return `the question “${shorten(question, MAX_SUBJECT - 15, '…')}”`;
}

/** "Bake bread" → "baking bread": an order cannot be an object either. */
function asActivity(text: string): string | undefined {
  const [, verb = '', rest = ''] = /^(\w+)( .+)$/.exec(text) ?? [];
  const activity = Object.hasOwn(GERUNDS, verb.toLowerCase()) ? GERUNDS[verb.toLowerCase()] : undefined;
  return activity === undefined ? undefined : activity + rest;
}

function gerund(verb: string): string {
  if (/^(cut|get|plan|run|set|stop|win)$/.test(verb)) return `${verb}${verb.at(-1)}ing`;
  return `${verb.replace(/e$/, '')}ing`;
}

function firstClause(text: string): string {
  const clause = /^.{8,}?(?=[,;:.!?(–—]| - | (?:and|but|because|which|so that|in order to|including|while) )/.exec(
    text,
  );
  return clause?.[0].trim() ?? text;
}

function shorten(text: string, limit: number, mark: string): string {
  if (text.length <= limit) return text;
  let cut = text.slice(0, limit - mark.length);
  if (cut.includes(' ')) cut = cut.slice(0, cut.lastIndexOf(' '));
  while (STOP_WORDS.test(cut)) cut = cut.replace(STOP_WORDS, '');
  return cut.replace(/[\s,;:.–—-]+$/, '') + mark;
}

function capitalize(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
