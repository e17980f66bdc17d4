/** Reads objects whose keys come as camelCase, PascalCase or snake_case (protocol sheet, section 3.2, AC-38). */

/** An object whose keys are known, but not its values. */
export type Fields = Record<string, unknown>;

// Every key that some reader looks up. A key is compared without case and underscores, at every depth.
const KEYS =
  'jobId id status stage step currentStage phase percent percentage progress overallPercent progressPct stepPct message ' +
  'progressMessage substageDetail currentItem totalItems elapsedTime elapsedSeconds estimatedTimeRemaining ' +
  'estimatedRemainingSeconds etaSeconds eta correlationId artifacts name path filePath type sizeBytes output ' +
  'videoPath subtitlePath outputPath errorMessage errors error code remediation details logs warnings ' +
  'stallDurationSeconds severity success steps startedAt completedAt finishedAt createdAt startedUtc endedUtc ' +
  'createdUtc lastEventId retryOf attempt queuePosition stalledSeconds nextStage videoUrl title brief topic jobs count currentStatus durationSeconds';

const KEY_BY_FOLDED = /* @__PURE__ */ new Map<string, string>(
  /* @__PURE__ */ KEYS.split(' ').flatMap((key) => [
    [key.toLowerCase(), key],
    [key, key],
  ]),
);

/**
 * The value with every known key in its canonical spelling. An object whose keys are canonical already is returned
 * as it is, so the common case costs one look-up a key.
 */
export function foldKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(foldKeys);
  if (value === null || typeof value !== 'object') return value;
  const folded: Fields = {};
  let changed = false;
  for (const [key, inner] of Object.entries(value)) {
    const name = KEY_BY_FOLDED.get(key) ?? KEY_BY_FOLDED.get(key.toLowerCase().replace(/[_-]/g, '')) ?? key;
    const foldedInner = typeof inner === 'object' ? foldKeys(inner) : inner;
    if (name !== key || foldedInner !== inner) changed = true;
    // Where a backend sends both spellings, the canonical one wins.
    if (name === key || !(name in folded)) folded[name] = foldedInner;
  }
  return changed ? folded : value;
}

/** The value as an object with canonical keys; an empty one when it is no object. */
export function fieldsOf(value: unknown): Fields {
  const folded = foldKeys(value);
  return folded !== null && typeof folded === 'object' && !Array.isArray(folded) ? (folded as Fields) : {};
}

/** The first argument that is a finite number or a string that holds one. */
export function firstNumber(...values: unknown[]): number | undefined {
  for (const value of values) {
    if (value === null || value === '' || (typeof value !== 'number' && typeof value !== 'string')) continue;
    if (Number.isFinite(+value)) return +value;
  }
  return undefined;
}

/** The first argument that is a string with something in it, or `''`. */
export function firstText(...values: unknown[]): string {
  return (values.find((value) => typeof value === 'string' && value !== '') as string | undefined) ?? '';
}

/** The value if it is an array, else an empty one. */
export function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
