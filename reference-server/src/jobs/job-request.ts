/** Checks what `POST /api/jobs` is given and makes a job's specification of it. */
import type { z } from 'zod';
import { channelsOf, checkTargets } from '../notifications/notify-targets.ts';
import type { NotifyRules, NotifyTargets } from '../notifications/notify-targets.ts';
import type { JobSpec } from '../pipeline/job-spec.ts';
import type { SimulationInputs } from '../pipeline/simulated/simulation-inputs.ts';
import { ServiceError } from './service-error.ts';
import { checkInput, invalidInput } from './check-input.ts';
import { requestSchema, simulationSchema } from './job-request-schema.ts';

const QUALITY = { fast: 50, balanced: 75, high: 92 } as const;
const PRESET_TOPICS: ReadonlyMap<string, string> = new Map([
  ['samplehelloyoutube', 'Hello YouTube: a warm welcome to a new channel'],
  ['simulated', 'Simulated job'],
]);

const TELLS_NOBODY: NotifyRules = { webhook: false, push: false, privateHosts: [] };

/** Where a server takes less than the schema does. */
export interface RequestRules {
  readonly maxTopicLength?: number;
  /** Who may be told of the end. @defaultValue nobody */
  readonly notifyRules?: NotifyRules;
}

/** What a valid request asks for. */
export interface ParsedRequest {
  readonly spec: JobSpec;
  readonly simulation: SimulationInputs | null;
  /** Who is to be told of the end. */
  readonly notify?: NotifyTargets;
}

/**
 * The job specification of a request body.
 *
 * @throws {ServiceError} `InvalidInput`, naming every wrong field
 */
export function parseJobRequest(
  body: unknown,
  { maxTopicLength = Infinity, notifyRules = TELLS_NOBODY }: RequestRules = {},
): ParsedRequest {
  const request = checkInput(requestSchema, withPreset(foldKeys(body, requestSchema)));
  if (request.brief.topic.length > maxTopicLength)
    throw invalidInput({ 'brief.topic': [`must have at most ${maxTopicLength} characters`] });
  checkImageProvider(request.imageProvider ?? 'placeholder');
  if (request.notify) checkTargets(request.notify, notifyRules);
  const notify = request.notify && channelsOf(request.notify).length > 0 ? { notify: request.notify } : {};
  if (request.preset !== 'simulated') return { spec: toSpec(request), simulation: null, ...notify };
  const inputs = checkInput(simulationSchema, foldKeys(request.inputs, simulationSchema), 'inputs.');
  return { spec: toSpec(request), simulation: toSimulation(inputs), ...notify };
}

/** A preset supplies what explicit fields leave out. What is no object stays as it is, for the schema to refuse. */
function withPreset(body: unknown): unknown {
  const { preset, brief = {}, planSpec = {} } = (body ?? {}) as Record<string, unknown>;
  // Spelt as freely as the schema takes it; what is no text is for the schema to refuse.
  const topic =
    typeof preset === 'string' ? PRESET_TOPICS.get(preset.toLowerCase().replace(/[^a-z0-9]/g, '')) : undefined;
  if (topic === undefined) return body;
  const into = (defaults: object, given: unknown): unknown =>
    typeof given === 'object' && !Array.isArray(given) ? { ...defaults, ...given } : given;
  return {
    ...(body as object),
    brief: into({ topic }, brief),
    planSpec: into({ targetDuration: '00:00:25' }, planSpec),
  };
}

function toSpec({
  brief,
  planSpec: plan,
  voiceSpec: voice,
  renderSpec: render,
  options,
}: z.output<typeof requestSchema>): JobSpec {
  const codec = render.codec ?? (render.container === 'webm' ? 'VP9' : 'H264');
  if (render.container === 'webm' && codec !== 'VP9' && codec !== 'AV1') {
    throw invalidInput({
      'renderSpec.codec': [`${codec} does not fit into webm: use VP9 or AV1, or another container`],
    });
  }
  const { res } = render;
  const { topic, audience, goal, tone, language, aspect } = brief;
  const writing = toWriting(brief);
  return {
    brief: { topic, audience: audience || null, goal: goal || null, tone, language, aspect },
    ...(writing && { writing }),
    plan: {
      targetSeconds: plan.targetDuration,
      pacing: plan.pacing,
      density: plan.density,
      style: plan.style,
      minSceneCount: plan.minSceneCount,
      maxSceneCount: plan.maxSceneCount,
      targetSceneCount: plan.targetSceneCount ?? null,
    },
    voice: { name: voice.voiceName, rate: voice.rate, pitch: voice.pitch, pause: voice.pause },
    render: {
      ...(typeof res === 'number' ? frameSize(res, brief.aspect) : res),
      container: render.container,
      codec,
      videoBitrateK: render.videoBitrateK,
      audioBitrateK: render.audioBitrateK,
      fps: render.fps,
      qualityLevel: render.qualityLevel ?? QUALITY[options.quality ?? 'balanced'],
    },
  };
}

/** What is not given is left out, so that a repeat with the same idempotency key asks for the same. */
function toWriting({
  llmParameters,
  promptModifiers,
}: z.output<typeof requestSchema>['brief']): JobSpec['writing'] | undefined {
  const { modelOverride: _model, topK: _topK, ...sampling } = llmParameters ?? {};
  const { additionalInstructions, exampleStyle } = promptModifiers ?? {};
  const given = Object.entries({ ...sampling, additionalInstructions, exampleStyle }).filter(
    ([, value]) => value !== undefined && value !== null && value !== '',
  );
  return given.length > 0 ? Object.fromEntries(given) : undefined;
}

/** @throws {ServiceError} `InvalidInput`, naming the provider (protocol sheet, section 4.1) */
function checkImageProvider(provider: string): void {
  if (provider === 'placeholder') return;
  const message = `imageProvider: ${provider} needs a key that this server does not have. Leave it out, or ask for placeholder.`;
  throw new ServiceError('InvalidInput', message, { field: 'imageProvider', provider });
}

/** Frame of a named resolution, whose number is the shorter side. */
function frameSize(short: number, aspect: JobSpec['brief']['aspect']): { width: number; height: number } {
  const long = Math.round((short * 16) / 9 / 2) * 2;
  if (aspect === 'Widescreen16x9') return { width: long, height: short };
  return aspect === 'Vertical9x16' ? { width: short, height: long } : { width: short, height: short };
}

function toSimulation({ seconds, events, ...rest }: z.output<typeof simulationSchema>): SimulationInputs {
  return { ...rest, events: events ?? Math.round((seconds ?? 10) * (rest.eventsPerSecond || 1000)) };
}

/** Property names are matched without case, as the protocol sheet asks. */
function foldKeys(value: unknown, schema: z.ZodType): unknown {
  const { shape } = unwrap(schema) as { shape?: Record<string, z.ZodType> };
  if (!shape || value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  const names = new Map(Object.keys(shape).map((name) => [name.toLowerCase(), name]));
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      const name = names.get(key.toLowerCase());
      return name ? [name, foldKeys(inner, shape[name]!)] : [key, inner];
    }),
  );
}

function unwrap(schema: z.ZodType): unknown {
  const { innerType } = (schema as unknown as { def: { innerType?: z.ZodType } }).def;
  return innerType ? unwrap(innerType) : schema;
}
