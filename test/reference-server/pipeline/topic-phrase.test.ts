/** From whatever was typed to a title and to words for a sentence. */
import { describe, expect, test } from 'vitest';
import { topicPhrase } from '../../../reference-server/src/pipeline/script/offline/topic-phrase.ts';

describe('subject', () => {
  test.each([
    ['How do tides work?', 'how tides work'],
    ['What is machine learning?', 'machine learning'],
    ['How do I bake bread?', 'how to bake bread'],
    ['Build a REST API', 'building a REST API'],
    ['Bake sourdough bread', 'baking sourdough bread'],
    ['Plan a garden', 'planning a garden'],
    ['Welcome to Acme!', 'Acme'],
    ['Create a short video about the history of Rome', 'the history of Rome'],
    ['DIY apps', 'DIY apps'],
    ['demo', 'the subject at hand'],
  ])('of %j', (topic, subject) => {
    expect(topicPhrase(topic).subject).toBe(subject);
  });

  test.each([
    ['Why is the sky blue?', 'the question “Why is the sky blue?”'],
    ['why is the sky blue', 'the question “Why is the sky blue?”'],
    ['Can dogs eat chocolate?', 'the question “Can dogs eat chocolate?”'],
    ['why water is wet', 'why water is wet'],
    ['how bread is made', 'how bread is made'],
  ])('of the question %j', (topic, subject) => {
    expect(topicPhrase(topic).subject).toBe(subject);
  });

  test.each([
    [
      'The complete and unabridged history of the steam engine in Europe from the seventeenth century to the present day',
      'the complete and unabridged history of the steam engine',
    ],
    [
      'How to plan, build and look after a small garden pond with frogs in a cold climate',
      'how to plan, build and look after a small garden pond',
    ],
    [
      'Old and new and red and blue and green and yellow and black and white',
      'Old and new and red and blue and green and yellow…',
    ],
    ['x'.repeat(80), `${'x'.repeat(59)}…`],
    [`${'x'.repeat(58)}🔥🔥x`, `${'x'.repeat(58)}…`],
  ])('of the long %j', (topic, subject) => {
    expect(topicPhrase(topic).subject).toBe(subject);
  });
});

describe('title', () => {
  test.each([
    ['Tell me why the sky is blue', 'Why the sky is blue'],
    ['show me how to tie a tie', 'How to tie a tie'],
    ['I want to know how bread is made', 'How bread is made'],
    ["I'd like to learn about volcanoes", 'Volcanoes'],
    ['Can you explain black holes?', 'Explain black holes'],
    ['Please teach me to swim', 'How to swim'],
    ['I want to know if dogs dream', 'Whether dogs dream'],
    ['Show me', 'Show me'],
  ])('is without the request in %j', (topic, title) => {
    expect(topicPhrase(topic).title).toBe(title);
  });

  test.each([
    ['🔥👨‍👩‍👧 how to bake bread 🍞', 'How to bake bread'],
    ['• A plan', 'A plan'],
    ['-5 degrees', '-5 degrees'],
    ['.NET and C++', '.NET and C++'],
    ['#metoo', '#metoo'],
  ])('is without ornament in %j', (topic, title) => {
    expect(topicPhrase(topic).title).toBe(title);
  });

  test.each([
    ['"The old man and the sea"', 'The old man and the sea'],
    ['“Quoted.”', 'Quoted'],
    ['"Hamlet" and "Macbeth"', '"Hamlet" and "Macbeth"'],
    ["'Tis the season", "'Tis the season"],
    ['The so-called "cloud"', 'The so-called "cloud"'],
  ])('keeps quotation marks unless they enclose all of %j', (topic, title) => {
    expect(topicPhrase(topic).title).toBe(title);
  });

  test.each([
    ['Can dogs eat chocolate?', 'Can dogs eat chocolate?'],
    ['<script>alert(1)</script>', '<script>alert(1)</script>'],
    ['x'.repeat(500), `X${'x'.repeat(78)}…`],
  ])('of %j', (topic, title) => {
    expect(topicPhrase(topic).title).toBe(title);
  });
});

test.each(['日本語の歴史', 'تاريخ روما', '🔥🔥', '-->'])('%s is replaced by neutral words', (topic) => {
  expect(topicPhrase(topic)).toEqual({ title: 'Your video', subject: 'the subject at hand', isNeutral: true });
});
