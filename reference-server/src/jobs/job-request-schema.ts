/** The form of a request for a job: fields, choices, ranges, defaults (protocol sheet, section 4.2, AC-53, AC-54). */
import { parseTimeSpan } from '@aura-jobs/sdk/protocol';
import { z } from 'zod';
import { notifySchema } from '../notifications/notify-targets.ts';

/** A choice from a list, without case and spaces; aliases stand for one of the choices. */
function choice<const T extends string>(values: readonly T[], aliases: Record<string, T> = {}) {
  const plain = (text: string): string => text.toLowerCase().replace(/[^a-z0-9:]/g, '');
  const known = new Map([...values.map((value): [string, T] => [plain(value), value]), ...Object.entries(aliases)]);
  const given = z.string().meta({ examples: [...values] });
  return given.transform((raw, context) => {
    const value = known.get(plain(raw));
    if (value !== undefined) return value;
    context.addIssue({ code: 'custom', message: `must be one of ${values.join(', ')}` });
    return z.NEVER;
  });
}

/** Numbers may come quoted. The limits are said beside the transformed value's own, for the API's description. */
const number = (min: number, max: number, type: 'number' | 'integer' = 'number') =>
  z
    .union([
      z.number().meta({ type, minimum: min, maximum: max }),
      z
        .string()
        .trim()
        .regex(/^-?\d+(\.\d+)?$/, 'must be a number'),
    ])
    // JSON keeps no -0: a repeat with the same idempotency key would ask for something else.
    .transform((value) => Number(value) + 0)
    .pipe(z.number().min(min, `must be at least ${min}`).max(max, `must be at most ${max}`));
const integer = (min: number, max: number) => number(min, max, 'integer').pipe(z.int('must be a whole number'));
const even = (min: number, max: number) =>
  integer(min, max).refine((value) => value % 2 === 0, 'must be an even number');
/** Line breaks and control characters have no meaning in these texts and would only confuse what is made from them. */
const text = (max: number, min?: number) =>
  z
    .string()
    .meta({ maxLength: max, ...(min && { minLength: min }) })
    .transform((raw) =>
      raw
        .toWellFormed()
        .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
        .trim(),
    )
    .pipe(z.string().max(max, `must have at most ${max} characters`));

const MIN_SECONDS = 10;
const MAX_SECONDS = 1800;
const TIME_SPAN = /^(\d+\.)?([01]\d|2[0-3])(:[0-5]\d){2}(\.\d{1,7})?$/;

const duration = z
  .string('must be a time span such as "00:01:00"')
  .regex(TIME_SPAN, 'must be a time span such as "00:01:00" (hh:mm:ss)')
  .transform((raw) => parseTimeSpan(raw) ?? 0)
  .pipe(z.number().min(MIN_SECONDS, 'must be at least 00:00:10').max(MAX_SECONDS, 'must be at most 00:30:00'));

const RESOLUTIONS: ReadonlyMap<string, number> = new Map([
  ['480p', 480],
  ['720p', 720],
  ['1080p', 1080],
  ['1440p', 1440],
  ['2160p', 2160],
  ['4k', 2160],
]);

/** The same for the API's description, which cannot look into the function below. */
const RESOLUTION = {
  oneOf: [
    { type: 'string', enum: [...RESOLUTIONS.keys()] },
    {
      type: 'object',
      properties: {
        width: { type: 'integer', minimum: 128, maximum: 7680, multipleOf: 2 },
        height: { type: 'integer', minimum: 128, maximum: 4320, multipleOf: 2 },
      },
      required: ['width', 'height'],
    },
  ],
  default: '720p',
};

const frame = z.object({ width: even(128, 7680), height: even(128, 4320) });

/** A name, whose number is the shorter side, or a frame. */
const resolution = z
  .unknown()
  .meta({ override: ({ jsonSchema }: { jsonSchema: object }) => void Object.assign(jsonSchema, RESOLUTION) })
  .transform((raw, context) => {
    if (typeof raw === 'object') {
      const { error, data } = frame.safeParse(raw);
      for (const { message, path } of error?.issues ?? []) context.addIssue({ code: 'custom', message, path });
      return data ?? z.NEVER;
    }
    const named = typeof raw === 'string' ? RESOLUTIONS.get(raw.toLowerCase()) : undefined;
    if (named !== undefined) return named;
    context.addIssue({
      code: 'custom',
      message: `must be { width, height } or one of ${[...RESOLUTIONS.keys()].join(', ')}`,
    });
    return z.NEVER;
  });

/** How a language model is to write (OpenAI's ranges, where the sheet has none). The model itself is the operator's choice. */
const llmParameters = z.object({
  temperature: number(0, 2).nullish(),
  topP: number(0, 1).nullish(),
  topK: integer(1, 1000).nullish().meta({ description: 'Not used: OpenAI’s API knows none.' }),
  maxTokens: integer(1, 1_000_000).nullish(),
  frequencyPenalty: number(-2, 2).nullish(),
  presencePenalty: number(-2, 2).nullish(),
  stopSequences: z.array(text(200)).max(4, 'must be 4 at most').nullish(),
  modelOverride: text(100).nullish().meta({ description: 'Not used: the operator chooses the model.' }),
});

/** Wishes for the text. The last two are of earlier backends and change nothing here. */
const promptModifiers = z.object({
  additionalInstructions: text(5000).nullish(),
  exampleStyle: text(2000).nullish(),
  enableChainOfThought: z.boolean('must be true or false').nullish(),
  promptVersion: z
    .string()
    .regex(/^[\w-]{1,50}$/, 'must be up to 50 letters, digits, _ and -')
    .nullish(),
});

/** Checked only: this server has no documents to draw on. */
const ragConfiguration = z
  .object({
    enabled: z.boolean('must be true or false').nullish(),
    topK: integer(1, 100).nullish(),
    minimumScore: number(0, 1).nullish(),
    maxContextTokens: integer(1, 1_000_000).nullish(),
    includeCitations: z.boolean('must be true or false').nullish(),
    tightenClaims: z.boolean('must be true or false').nullish(),
  })
  .meta({ description: 'Not used: this server has no documents to draw on.' });

export const requestSchema = z
  .object({
    preset: choice(['default', 'sample-hello-youtube', 'simulated']).default('default'),
    inputs: z.record(z.string(), z.unknown()).default({}),
    options: z
      .object({
        allowSkipUnavailable: z.boolean().optional(),
        quality: choice(['fast', 'balanced', 'high']).optional(),
      })
      .default({}),
    brief: z.object({
      topic: text(500, 3).pipe(z.string().min(3, 'must have at least 3 characters')),
      audience: text(200).nullish(),
      goal: text(300).nullish(),
      tone: text(100).default('Informative'),
      language: text(50).default('en-US'),
      aspect: choice(['Widescreen16x9', 'Vertical9x16', 'Square1x1'], {
        '16:9': 'Widescreen16x9',
        widescreen: 'Widescreen16x9',
        '9:16': 'Vertical9x16',
        portrait: 'Vertical9x16',
        vertical: 'Vertical9x16',
        '1:1': 'Square1x1',
        square: 'Square1x1',
      }).default('Widescreen16x9'),
      llmParameters: llmParameters.nullish(),
      promptModifiers: promptModifiers.nullish(),
      ragConfiguration: ragConfiguration.nullish(),
    }),
    planSpec: z
      .object({
        targetDuration: duration.default(30),
        pacing: choice(['Chill', 'Conversational', 'Fast'], {
          slow: 'Chill',
          relaxed: 'Chill',
          medium: 'Conversational',
          normal: 'Conversational',
          standard: 'Conversational',
          quick: 'Fast',
          rapid: 'Fast',
        }).default('Conversational'),
        density: choice(['Sparse', 'Balanced', 'Dense'], { normal: 'Balanced' }).default('Balanced'),
        style: text(200).default(''),
        minSceneCount: integer(1, 60).default(3),
        maxSceneCount: integer(1, 60).default(20),
        targetSceneCount: integer(1, 60).nullish(),
      })
      .refine((plan) => plan.minSceneCount <= plan.maxSceneCount, {
        path: ['minSceneCount'],
        message: 'must not be greater than maxSceneCount',
      })
      .prefault({}),
    voiceSpec: z
      .object({
        voiceName: text(100).default('default'),
        rate: number(0.5, 2).default(1),
        pitch: number(-20, 20).default(0),
        pause: choice(['Natural', 'Short', 'Long', 'Dramatic']).default('Natural'),
      })
      .prefault({}),
    renderSpec: z
      .object({
        res: resolution.default(720),
        container: choice(['mp4', 'webm', 'mov', 'mkv']).default('mp4'),
        videoBitrateK: integer(500, 100_000).default(5000),
        audioBitrateK: integer(64, 512).default(128),
        fps: integer(1, 120).default(25),
        codec: choice(['H264', 'H265', 'VP9', 'AV1'], { hevc: 'H265' }).optional(),
        qualityLevel: integer(0, 100).optional(),
        enableSceneCut: z.boolean().optional(),
      })
      .prefault({}),
    imageProvider: choice(['placeholder', 'pexels', 'pixabay', 'unsplash'])
      .nullish()
      .meta({ description: 'Only `placeholder` is served: the others need a key.' }),
    notify: notifySchema.optional(),
  })
  .meta({ override: ({ jsonSchema }: { jsonSchema: JsonSchema }) => describeTopic(jsonSchema) });

/** A preset with a topic supplies it where the request has none: the schema above sees what comes of that. */
function describeTopic(request: JsonSchema): void {
  delete request.required;
  delete request.properties.brief!.required;
  request.anyOf = [
    object({ brief: object({ topic: {} }) }),
    object({ preset: { enum: ['sample-hello-youtube', 'simulated'] } }),
  ];
}

const object = (properties: object): object => ({ type: 'object', required: Object.keys(properties), properties });

interface JsonSchema {
  required?: string[];
  properties: Record<string, { required?: string[] }>;
  anyOf?: object[];
}

export const simulationSchema = z
  .object({
    events: integer(0, 10_000_000).optional(),
    seconds: number(0, 86_400).optional(),
    eventsPerSecond: number(0, 100_000).default(10),
    hold: z.boolean().default(false),
    failAt: integer(0, 10_000_000).nullable().default(null),
    warnAt: integer(0, 10_000_000).nullable().default(null),
    stallSeconds: number(0, 86_400).default(0),
    padBytes: integer(0, 1_000_000).default(0),
  })
  .refine(({ events, seconds }) => events === undefined || seconds === undefined, {
    path: ['seconds'],
    message: 'give events or seconds, not both',
  });
