/** Jobs in every state that there is, as snapshots that never change. */

export const NOW = Date.UTC(2026, 0, 5, 9, 30);

const STEPS = [
  { name: 'Script', phase: 'plan', from: 0, to: 15 },
  { name: 'TTS', phase: 'tts', from: 15, to: 35 },
  { name: 'Visuals', phase: 'visuals', from: 35, to: 65 },
  { name: 'Composition', phase: 'compose', from: 65, to: 85 },
  { name: 'Rendering', phase: 'render', from: 85, to: 100 },
];

/** @param {number} seconds before now, or after it where negative */
const ago = (seconds) => new Date(NOW - seconds * 1000).toISOString();

/** A job that stands at this percent, with the steps before it done. @param {string} status @param {number} percent @param {object} [more] */
function jobAt(status, percent, more = {}) {
  const at = Math.max(
    0,
    STEPS.findIndex(({ to }) => percent < to),
  );
  const over = status === 'Succeeded';
  const here = { Failed: 'Failed', Canceled: 'Canceled', Queued: 'Pending' }[status] ?? 'Running';
  const { name: stage, phase, from, to } = STEPS[over ? 4 : at];
  return {
    jobId: 'job-1',
    title: 'How tides work',
    status,
    stage,
    phase,
    percent,
    message: 'Drawing the moon above the sea',
    substageDetail: '',
    currentItem: 3,
    totalItems: 5,
    elapsedTime: status === 'Queued' ? null : '00:03:05',
    estimatedTimeRemaining: '00:02:05',
    steps: STEPS.map(({ name }, index) => ({
      name,
      status: over || index < at ? 'Succeeded' : index === at ? here : 'Pending',
      progressPct: over || index < at ? 100 : index === at ? ((percent - from) / (to - from)) * 100 : 0,
      startedAt: over || index <= at ? ago(185 - index * 30) : null,
      completedAt: over || index < at ? ago(160 - index * 30) : null,
    })),
    warnings: [],
    errors: [],
    errorMessage: null,
    logs: [
      `${ago(185)} Running`,
      `${ago(184)} Script started`,
      `${ago(155)} TTS started`,
      `${ago(140)} WARNING The voice “slt” has no Spanish; English is spoken.`,
      `${ago(125)} Visuals started`,
    ],
    artifacts: [],
    output: null,
    correlationId: 'corr-7f3a91',
    createdAt: ago(200),
    startedAt: status === 'Queued' ? null : ago(185),
    completedAt: ['Succeeded', 'Failed', 'Canceled'].includes(status) ? ago(0) : null,
    lastEventId: null,
    retryOf: null,
    attempt: 1,
    queuePosition: null,
    stalledSeconds: null,
    ...more,
  };
}

const files = {
  artifacts: [
    { name: 'output.mp4', path: '/gallery/tides.mp4', type: 'video/mp4', sizeBytes: 2_400_000 },
    { name: 'subtitles.srt', path: '/gallery/tides.srt', type: 'application/x-subrip', sizeBytes: 812 },
    { name: 'subtitles.vtt', path: '/gallery/tides.vtt', type: 'text/vtt', sizeBytes: 830 },
    { name: 'script.json', path: '/gallery/script.json', type: 'application/json', sizeBytes: 4_100 },
  ],
  output: { videoPath: '/gallery/tides.mp4', subtitlePath: '/gallery/tides.srt', sizeBytes: 2_400_000 },
};

/** @param {string} code @param {string} message @param {object} [more] */
const failure = (code, message, more = {}) => ({
  errorMessage: message,
  errors: [{ code, message, remediation: 'Install a font for this language, then try again.', details: null, ...more }],
});

const warnings = [
  { message: 'The voice “slt” has no Spanish; English is spoken.', step: 'TTS' },
  { message: 'No picture was found for “spring tide”; a drawing is used.', step: 'Visuals' },
  { message: 'The second scene is longer than planned.', step: 'Visuals' },
  { message: 'The text of scene three was cut.', step: 'Visuals' },
  { message: 'Scene five has no title.', step: 'Visuals' },
];

const long =
  'Donaudampfschifffahrtsgesellschaftskapitänsmütze: a message without mercy that is much longer than any element has room for in one line';

export const jobs = {
  queued: jobAt('Queued', 0, { message: '', queuePosition: 2, logs: [] }),
  next: jobAt('Queued', 0, { message: '', queuePosition: 0, logs: [] }),
  started: jobAt('Running', 3, { estimatedTimeRemaining: null, currentItem: null, totalItems: null }),
  running: jobAt('Running', 47.6),
  encoding: jobAt('Running', 93, { message: 'Encoding 11 s of 20 s', estimatedTimeRemaining: '00:00:09' }),
  long: jobAt('Running', 47.6, { message: long, title: long, substageDetail: long, currentItem: null }),
  paused: jobAt('Paused', 47.6),
  stalled: jobAt('Running', 47.6, { stalledSeconds: 150 }),
  warned: jobAt('Running', 47.6, { warnings }),
  succeeded: jobAt('Succeeded', 100, files),
  unplayable: jobAt('Succeeded', 100, {
    artifacts: [{ name: 'output.mp4', path: 'C:\\videos\\output.mp4', type: 'video/mp4', sizeBytes: 2_400_000 }],
    output: { videoPath: 'C:\\videos\\output.mp4', subtitlePath: null, sizeBytes: 2_400_000 },
  }),
  failed: jobAt(
    'Failed',
    47.6,
    failure('FontMissing', 'There is no font for this language.', {
      details: 'resvg: no glyph for U+6F6E\n  at scene 3',
    }),
  ),
  failedPlainly: jobAt('Failed', 47.6, { errorMessage: 'The pictures could not be drawn.', correlationId: null }),
  keyMissing: jobAt(
    'Failed',
    3,
    failure('MissingApiKey:OPENAI_KEY', 'The key of the text service is missing.', {
      remediation: 'Add the key in the settings.',
    }),
  ),
  encoderMissing: jobAt(
    'Failed',
    88,
    failure('FFmpegNotFound', 'FFmpeg was not found.', { remediation: 'Install FFmpeg.' }),
  ),
  again: jobAt('Running', 20, { attempt: 2, retryOf: 'job-0' }),
  canceled: jobAt('Canceled', 47.6),
};
