/** What a tone adds to a script: words of greeting and of parting. */

export interface ToneWords {
  readonly greeting: string;
  readonly farewell: string;
}

const TONES: readonly (readonly [RegExp, ToneWords])[] = [
  [/informal|friendly|warm|casual|conversational|relaxed|personal/i, { greeting: 'Hi there!', farewell: 'Take care!' }],
  [
    /energetic|excit|fun|playful|humor|humour|enthusias|upbeat|lively|inspir|motivat|dramatic/i,
    { greeting: 'Are you ready?', farewell: 'Off you go!' },
  ],
  [
    /formal|professional|serious|authorit|business|academic|corporate/i,
    { greeting: 'Good day.', farewell: 'We wish you every success.' },
  ],
];

/** `undefined` for a tone that asks for nothing special. */
export function toneWords(tone: string): ToneWords | undefined {
  return TONES.find(([words]) => words.test(tone))?.[1];
}
